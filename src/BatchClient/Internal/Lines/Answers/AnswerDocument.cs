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
            return new AnswerParts(TextOf(root), RefusalOf(root), IsCutShort(root));
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static string? TextOf(JsonElement root) =>
        OfChoices(root) ?? (root.TryGetMember("output"u8, out JsonElement output) ? AnswerText.OfOutput(output) : null);

    private static string? OfChoices(JsonElement root) =>
        FirstMessage(root) is { } message && message.TryGetMember("content"u8, out JsonElement content) ? AnswerText.OfContent(content) : null;

    private static string? RefusalOf(JsonElement root) => (FirstMessage(root) is { } message ? Refusal(message) : null) ?? RefusalOfOutput(root);

    /// <summary>In the responses API a refusal is a part of a message's content.</summary>
    private static string? RefusalOfOutput(JsonElement root) => Items(root, "output"u8)
        .SelectMany(item => Items(item, "content"u8))
        .Select(Refusal)
        .FirstOrDefault(refusal => refusal is not null);

    private static bool IsCutShort(JsonElement root) =>
        IsWord(root, "status"u8, "incomplete") || (FirstChoice(root) is { } choice && IsWord(choice, "finish_reason"u8, "length"));

    private static string? Refusal(JsonElement holder) =>
        holder.TryGetMember("refusal"u8, out JsonElement refusal) && refusal.ValueKind == JsonValueKind.String ? refusal.ReadString() : null;

    private static bool IsWord(JsonElement holder, ReadOnlySpan<byte> name, string word) =>
        holder.TryGetMember(name, out JsonElement text) && text.ValueKind == JsonValueKind.String && text.ReadString() == word;

    private static JsonElement[] Items(JsonElement holder, ReadOnlySpan<byte> name) =>
        holder.TryGetMember(name, out JsonElement items) && items.ValueKind == JsonValueKind.Array ? [.. items.EnumerateArray()] : [];

    private static JsonElement? FirstChoice(JsonElement root) =>
        root.TryGetMember("choices"u8, out JsonElement choices) && choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() > 0
            ? choices[0]
            : null;

    private static JsonElement? FirstMessage(JsonElement root) =>
        FirstChoice(root) is { } choice && choice.TryGetMember("message"u8, out JsonElement message) ? message : null;
}
