namespace BatchGateway.Emulator.Internal;

internal static class CompletionAnswer
{
    public static string Write(string text, string model) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("id", $"cmpl-{StableHash.Hex(model + text)}");
        json.WriteString("object", "text_completion");
        json.WriteNumber("created", AnswerJson.CreatedAt);
        json.WriteString("model", model);
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        json.WriteString("text", text);
        json.WriteNull("logprobs");
        json.WriteString("finish_reason", "stop");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteChatUsage(TextOf.Tokens(text), TextOf.Tokens(text));
        json.WriteEndObject();
    });
}
