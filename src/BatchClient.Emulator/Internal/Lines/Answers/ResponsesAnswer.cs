using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

internal static class ResponsesAnswer
{
    public static string Write(string text, string model, string promptText) => JsonText.Write(json =>
    {
        string hash = StableHash.Hex(model + promptText + text);
        json.WriteStartObject();
        json.WriteString("id", $"resp_{hash}");
        json.WriteString("object", "response");
        json.WriteNumber("created_at", AnswerJson.CreatedAt);
        json.WriteString("status", "completed");
        json.WriteNull("error");
        json.WriteString("model", model);
        json.WriteStartArray("output");
        WriteMessage(json, text, $"msg_{hash}");
        json.WriteEndArray();
        WriteUsage(json, TextOf.Tokens(promptText), TextOf.Tokens(text));
        json.WriteEndObject();
    });

    private static void WriteMessage(Utf8JsonWriter json, string text, string id)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("type", "message");
        json.WriteString("status", "completed");
        json.WriteString("role", "assistant");
        json.WriteStartArray("content");
        json.WriteStartObject();
        json.WriteString("type", "output_text");
        json.WriteString("text", text);
        json.WriteStartArray("annotations");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, int inputTokens, int outputTokens)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", inputTokens);
        json.WriteStartObject("input_tokens_details");
        json.WriteNumber("cached_tokens", 0);
        json.WriteEndObject();
        json.WriteNumber("output_tokens", outputTokens);
        json.WriteStartObject("output_tokens_details");
        json.WriteNumber("reasoning_tokens", 0);
        json.WriteEndObject();
        json.WriteNumber("total_tokens", inputTokens + outputTokens);
        json.WriteEndObject();
    }
}
