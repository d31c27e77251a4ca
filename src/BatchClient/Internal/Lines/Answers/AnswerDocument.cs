using System.Text.Json;
using BatchGateway.Internal.Json;

namespace BatchGateway.Internal.Lines;

/// <summary>What an answer of any shape says, by way of a document; a broken one says nothing.</summary>
internal static class AnswerDocument
{
    public static AnswerParts Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, LineJson.DocumentOptions);
            JsonElement root = document.RootElement;
            return new AnswerParts(TextOf(root), RefusalOf(root), IsCutShort(root), IsOfAModel(root));
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>The word with which the API says why the answer ended, and its name; empty when there is none.</summary>
    public static string EndingOf(ReadOnlyMemory<byte> body)
    {
        using JsonDocument document = JsonDocument.Parse(body, LineJson.DocumentOptions);
        JsonElement root = document.RootElement;
        string? reason = FirstChoice(root) is { } choice ? TextAt(choice, "finish_reason"u8) : null;
        if (reason is not null)
            return $"finish_reason {reason}";

        return TextAt(root, "status"u8) is { } status ? $"status {status}" : "";
    }

    private static bool IsOfAModel(JsonElement root) => root.TryGetMember("choices"u8, out _) || root.TryGetMember("output"u8, out _);

    private static string? TextOf(JsonElement root) =>
        OfChoices(root) ?? (root.TryGetMember("output"u8, out JsonElement output) ? AnswerText.OfOutput(output) : null);

    private static string? OfChoices(JsonElement root) =>
        FirstMessage(root) is { } message && message.TryGetMember("content"u8, out JsonElement content) ? AnswerText.OfContent(content) : null;

    private static string? RefusalOf(JsonElement root) => (FirstMessage(root) is { } message ? Refusal(message) : null) ?? RefusalOfOutput(root);

    /// <summary>In the responses API a refusal is a part of a message's content.</summary>
    private static string? RefusalOfOutput(JsonElement root)
    {
        foreach (JsonElement item in Items(root, "output"u8))
        {
            if (AnswerText.IsMessage(item) && RefusalOfMessage(item) is { } refusal)
                return refusal;
        }

        return null;
    }

    private static string? RefusalOfMessage(JsonElement message)
    {
        foreach (JsonElement part in Items(message, "content"u8))
        {
            if (Refusal(part) is { } refusal)
                return refusal;
        }

        return null;
    }

    private static bool IsCutShort(JsonElement root) =>
        IsWord(root, "status"u8, "incomplete") || (FirstChoice(root) is { } choice && IsWord(choice, "finish_reason"u8, "length"));

    private static string? Refusal(JsonElement holder) => TextAt(holder, "refusal"u8);

    private static bool IsWord(JsonElement holder, ReadOnlySpan<byte> name, string word) => TextAt(holder, name) == word;

    private static string? TextAt(JsonElement holder, ReadOnlySpan<byte> name) =>
        holder.TryGetMember(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.ReadString() : null;

    private static JsonElement[] Items(JsonElement holder, ReadOnlySpan<byte> name) =>
        holder.TryGetMember(name, out JsonElement items) && items.ValueKind == JsonValueKind.Array ? [.. items.EnumerateArray()] : [];

    private static JsonElement? FirstChoice(JsonElement root) =>
        Items(root, "choices"u8).FirstOrDefault(choice => choice.ValueKind != JsonValueKind.Null) is { ValueKind: not JsonValueKind.Undefined } first
            ? first
            : null;

    private static JsonElement? FirstMessage(JsonElement root) =>
        FirstChoice(root) is { } choice && choice.TryGetMember("message"u8, out JsonElement message) ? message : null;
}
