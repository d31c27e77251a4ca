using System.Text;
using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

/// <summary>Finds the words in a request's body.</summary>
internal static class TextOf
{
    /// <summary>The text of the last message of the user in an array of messages; empty when there is none.</summary>
    public static string LastUserMessage(JsonElement messages)
    {
        if (messages.ValueKind != JsonValueKind.Array)
            return "";
        foreach (JsonElement message in messages.EnumerateArray().Reverse())
        {
            if (message.StringOrNull("role") == "user" && message.TryGetProperty("content", out JsonElement content))
                return Content(content);
        }

        return "";
    }

    /// <summary>A content: a string, or an array of strings and of parts with a <c>text</c>.</summary>
    public static string Content(JsonElement content)
    {
        if (content.ValueKind == JsonValueKind.String)
            return content.GetString()!;
        if (content.ValueKind != JsonValueKind.Array)
            return "";

        StringBuilder text = new();
        foreach (JsonElement part in content.EnumerateArray())
            text.Append(part.ValueKind == JsonValueKind.String ? part.GetString() : part.StringOrNull("text"));
        return text.ToString();
    }

    /// <summary>A plausible count of tokens: a quarter of the characters, and never none.</summary>
    public static int Tokens(string text) => Math.Max(1, (text.Length + 3) / 4);
}
