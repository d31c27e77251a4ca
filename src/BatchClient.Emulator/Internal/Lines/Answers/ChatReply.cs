namespace BatchGateway.Emulator.Internal;

internal static class ChatReply
{
    public static string Write(string text, string model, string promptText) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("id", $"chatcmpl-{StableHash.Hex(model + promptText + text)}");
        json.WriteString("object", "chat.completion");
        json.WriteNumber("created", AnswerJson.CreatedAt);
        json.WriteString("model", model);
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        json.WriteString("content", text);
        json.WriteNull("refusal");
        json.WriteEndObject();
        json.WriteNull("logprobs");
        json.WriteString("finish_reason", "stop");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteChatUsage(TextOf.Tokens(promptText), TextOf.Tokens(text));
        json.WriteNull("system_fingerprint");
        json.WriteEndObject();
    });
}
