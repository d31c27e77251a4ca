using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

/// <summary>The body that a line gets when nobody says otherwise, shaped by its url.</summary>
internal static class DefaultAnswer
{
    public static string Write(EmulatedRequest request)
    {
        string model = request.Body.StringOrNull("model") ?? "emulated";
        return request.Url[(request.Url.LastIndexOf('/') + 1)..] switch
        {
            "completions" when request.Url.EndsWith("/chat/completions", StringComparison.Ordinal) => Chat(request.Body, model),
            "completions" => CompletionAnswer.Write(Prompts(Member(request.Body, "prompt")), model),
            "responses" => Response(request.Body, model),
            "embeddings" => EmbeddingsAnswer.Write(request.Body, model),
            "moderations" => ModerationAnswer.Write(Member(request.Body, "input"), model),
            string other => Other(other, model),
        };
    }

    private static string Chat(JsonElement body, string model)
    {
        string prompt = TextOf.LastUserMessage(Member(body, "messages"));
        JsonElement? schema = body.ObjectOrNull("response_format")?.ObjectOrNull("json_schema")?.ObjectOrNull("schema");
        return ChatReply.Write(EchoOrInstance(prompt, schema), model, prompt);
    }

    // An array of texts is many prompts; of token numbers it is one, and has no text to echo.
    private static List<string> Prompts(JsonElement prompt) =>
        prompt.ValueKind == JsonValueKind.Array && prompt.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.String)
            ? [.. prompt.EnumerateArray().Select(item => Echo(item.ValueKind == JsonValueKind.String ? item.GetString()! : ""))]
            : [Echo(TextOf.Content(prompt))];

    private static string Response(JsonElement body, string model)
    {
        JsonElement input = Member(body, "input");
        string prompt = input.ValueKind == JsonValueKind.String ? input.GetString()! : TextOf.LastUserMessage(input);
        JsonElement? schema = body.ObjectOrNull("text")?.ObjectOrNull("format")?.ObjectOrNull("schema");
        return ResponsesAnswer.Write(EchoOrInstance(prompt, schema), model, prompt);
    }

    private static string Other(string name, string model) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("object", name);
        json.WriteString("model", model);
        json.WriteEndObject();
    });

    private static string EchoOrInstance(string prompt, JsonElement? schema) => schema is { } wanted ? SchemaInstance.Write(wanted) : Echo(prompt);

    private static string Echo(string prompt) => $"Echo: {prompt}";

    private static JsonElement Member(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out JsonElement value) ? value : default;
}
