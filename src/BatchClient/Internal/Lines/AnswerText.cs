using System.Text;
using System.Text.Json;
using BatchGateway.Internal.Json;

namespace BatchGateway.Internal.Lines;

/// <summary>The text in an answer, wherever the API puts it.</summary>
internal static class AnswerText
{
    /// <summary>The text in a chat completion or an answer of the responses API; null when the body is neither or has none.</summary>
    public static string? Of(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
            return null;

        try
        {
            using JsonDocument document = JsonDocument.Parse(body, LineJson.DocumentOptions);
            JsonElement root = document.RootElement;
            return OfChoices(root) ?? (root.TryGetMember("output"u8, out JsonElement output) ? OfOutput(output) : null);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Why the model declined; null when it did not.</summary>
    public static string? RefusalOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, LineJson.DocumentOptions);
            JsonElement root = document.RootElement;
            return (FirstMessage(root) is { } message ? Refusal(message) : null) ?? RefusalOfOutput(root);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A string, or the text parts of an array.</summary>
    public static string? OfContent(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => content.ReadString(),
        JsonValueKind.Array => Join(content),
        _ => null,
    };

    /// <summary>The text of all messages in the output of the responses API.</summary>
    public static string? OfOutput(JsonElement output)
    {
        if (output.ValueKind != JsonValueKind.Array)
            return null;

        StringBuilder? text = null;
        foreach (JsonElement item in output.EnumerateArray())
        {
            if (item.TryGetMember("content"u8, out JsonElement content) && OfContent(content) is { } part)
                (text ??= new StringBuilder()).Append(part);
        }

        return text?.ToString();
    }

    private static string? OfChoices(JsonElement root) =>
        FirstMessage(root) is { } message && message.TryGetMember("content"u8, out JsonElement content) ? OfContent(content) : null;

    /// <summary>In the responses API a refusal is a part of a message's content.</summary>
    private static string? RefusalOfOutput(JsonElement root) => Items(root, "output"u8)
        .SelectMany(item => Items(item, "content"u8))
        .Select(Refusal)
        .FirstOrDefault(refusal => refusal is not null);

    private static string? Refusal(JsonElement holder) =>
        holder.TryGetMember("refusal"u8, out JsonElement refusal) && refusal.ValueKind == JsonValueKind.String ? refusal.ReadString() : null;

    private static JsonElement[] Items(JsonElement holder, ReadOnlySpan<byte> name) =>
        holder.TryGetMember(name, out JsonElement items) && items.ValueKind == JsonValueKind.Array ? [.. items.EnumerateArray()] : [];

    private static JsonElement? FirstMessage(JsonElement root) =>
        root.TryGetMember("choices"u8, out JsonElement choices) && choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() > 0
            && choices[0].TryGetMember("message"u8, out JsonElement message) ? message : null;

    private static string? Join(JsonElement parts)
    {
        StringBuilder? text = null;
        foreach (JsonElement part in parts.EnumerateArray())
        {
            if (part.TryGetMember("text"u8, out JsonElement value) && value.ValueKind == JsonValueKind.String)
                (text ??= new StringBuilder()).Append(value.ReadString());
        }

        return text?.ToString();
    }
}
