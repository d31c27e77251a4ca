using System.Text;
using System.Text.Json;
using BatchGateway.Internal.Json;

namespace BatchGateway.Internal.Lines;

/// <summary>The text in an answer, wherever the API puts it.</summary>
internal static class AnswerText
{
    /// <summary>The text in a chat completion or an answer of the responses API; null when the body is neither or has none.</summary>
    public static string? Of(ReadOnlyMemory<byte> body) => body.IsEmpty ? null : AnswerParts.Find(body).Text;

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
            if (IsMessage(item) && item.TryGetMember("content"u8, out JsonElement content) && OfContent(content) is { } part)
                (text ??= new StringBuilder()).Append(part);
        }

        return text?.ToString();
    }

    /// <summary>Not every gateway writes the type of an item; reasoning and the calls of tools, which have texts too, are always marked.</summary>
    public static bool IsMessage(JsonElement item) => !item.TryGetMember("type"u8, out JsonElement type)
        || type.ValueKind == JsonValueKind.Null || (type.ValueKind == JsonValueKind.String && type.ReadString() == "message");

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
