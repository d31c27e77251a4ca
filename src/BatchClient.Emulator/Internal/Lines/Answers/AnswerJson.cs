using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

/// <summary>What the bodies of several APIs share.</summary>
internal static class AnswerJson
{
    /// <summary>The instant that every answer claims: answers are the same in every run.</summary>
    public const long CreatedAt = 1767225600;

    public static void WriteChatUsage(this Utf8JsonWriter json, int promptTokens, int completionTokens)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", promptTokens);
        json.WriteNumber("completion_tokens", completionTokens);
        json.WriteNumber("total_tokens", promptTokens + completionTokens);
        json.WriteStartObject("prompt_tokens_details");
        json.WriteNumber("cached_tokens", 0);
        json.WriteEndObject();
        json.WriteStartObject("completion_tokens_details");
        json.WriteNumber("reasoning_tokens", 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
