using System.Text.Json;
using System.Text.Json.Serialization;
using BatchGateway.Internal.Json;

namespace BatchGateway;

/// <summary>Tokens used, by a batch or by one answer. Reads both namings: <c>input_tokens</c> and <c>prompt_tokens</c>.</summary>
public sealed record TokenUsage : GatewayModel
{
    /// <summary>Tokens read.</summary>
    [JsonIgnore]
    public long? InputTokens
    {
        get => InputTokensMember ?? PromptTokensMember;
        init => InputTokensMember = value;
    }

    /// <summary>Tokens written.</summary>
    [JsonIgnore]
    public long? OutputTokens
    {
        get => OutputTokensMember ?? CompletionTokensMember;
        init => OutputTokensMember = value;
    }

    /// <summary>All tokens.</summary>
    [JsonPropertyName("total_tokens")]
    public long? TotalTokens { get; init; }

    /// <summary>The part of <see cref="InputTokens"/> that came from a cache, where the gateway says so.</summary>
    [JsonIgnore]
    public long? CachedTokens => Detail("input_tokens_details", "cached_tokens"u8) ?? Detail("prompt_tokens_details", "cached_tokens"u8);

    /// <summary>The part of <see cref="OutputTokens"/> that went into reasoning, where the gateway says so.</summary>
    [JsonIgnore]
    public long? ReasoningTokens =>
        Detail("output_tokens_details", "reasoning_tokens"u8) ?? Detail("completion_tokens_details", "reasoning_tokens"u8);

    [JsonInclude]
    [JsonPropertyName("input_tokens")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal long? InputTokensMember { get; set; }

    [JsonInclude]
    [JsonPropertyName("output_tokens")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal long? OutputTokensMember { get; set; }

    [JsonInclude]
    [JsonPropertyName("prompt_tokens")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal long? PromptTokensMember { get; set; }

    [JsonInclude]
    [JsonPropertyName("completion_tokens")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal long? CompletionTokensMember { get; set; }

    internal override bool Knows(string member) =>
        member is "input_tokens" or "output_tokens" or "prompt_tokens" or "completion_tokens" or "total_tokens";

    private long? Detail(string group, ReadOnlySpan<byte> name) =>
        AdditionalProperties.TryGetValue(group, out JsonElement details) && details.TryGetMember(name, out JsonElement number)
            && number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out long tokens) ? tokens : null;
}
