using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

internal static class CompletionAnswer
{
    /// <summary>One choice for each prompt.</summary>
    public static string Write(IReadOnlyList<string> texts, string model) => JsonText.Write(json =>
    {
        int tokens = texts.Sum(TextOf.Tokens);
        json.WriteStartObject();
        json.WriteString("id", $"cmpl-{StableHash.Hex(model + string.Concat(texts))}");
        json.WriteString("object", "text_completion");
        json.WriteNumber("created", AnswerJson.CreatedAt);
        json.WriteString("model", model);
        json.WriteStartArray("choices");
        for (int i = 0; i < texts.Count; i++)
            WriteChoice(json, texts[i], i);
        json.WriteEndArray();
        json.WriteChatUsage(tokens, tokens);
        json.WriteEndObject();
    });

    private static void WriteChoice(Utf8JsonWriter json, string text, int index)
    {
        json.WriteStartObject();
        json.WriteNumber("index", index);
        json.WriteString("text", text);
        json.WriteNull("logprobs");
        json.WriteString("finish_reason", "stop");
        json.WriteEndObject();
    }
}
