using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

/// <summary>The tokens of a batch, summed over its answers.</summary>
internal sealed record TokenUsage(long Input, long Cached, long Output, long Reasoning)
{
    public static readonly TokenUsage None = new(0, 0, 0, 0);

    /// <summary>Adds one answer's <c>usage</c>, in the words of either API; nothing where there is none.</summary>
    public TokenUsage Plus(JsonElement body)
    {
        if (body.ObjectOrNull("usage") is not { } usage)
            return this;
        return new TokenUsage(
            Input + Count(usage, "input_tokens", "prompt_tokens"),
            Cached + Detail(usage, "input_tokens_details", "prompt_tokens_details", "cached_tokens"),
            Output + Count(usage, "output_tokens", "completion_tokens"),
            Reasoning + Detail(usage, "output_tokens_details", "completion_tokens_details", "reasoning_tokens"));
    }

    private static long Count(JsonElement usage, string name, string otherName)
    {
        if (!usage.TryGetProperty(name, out JsonElement value) && !usage.TryGetProperty(otherName, out value))
            return 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long count) ? count : 0;
    }

    private static long Detail(JsonElement usage, string details, string otherDetails, string name) =>
        (usage.ObjectOrNull(details) ?? usage.ObjectOrNull(otherDetails)) is { } found ? Count(found, name, name) : 0;
}
