using System.Text.Json.Serialization;
using BatchGateway.Internal.Json;

namespace BatchGateway;

/// <summary>A chat completion.</summary>
public sealed record ChatAnswer : GatewayModel
{
    /// <summary>The id of the completion.</summary>
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    /// <summary>The model that answered.</summary>
    [JsonPropertyName("model")]
    public string? Model { get; init; }

    /// <summary>The answers; usually one.</summary>
    [JsonPropertyName("choices")]
    public IReadOnlyList<ChatChoice> Choices { get; init => field = NullItems.Without(value); } = [];

    /// <summary>The tokens used.</summary>
    [JsonPropertyName("usage")]
    public TokenUsage? Usage { get; init; }

    /// <summary>The text of the first choice; null when there is none.</summary>
    [JsonIgnore]
    public string? Text => Choices is [{ Message.Content: var text }, ..] ? text : null;

    internal override bool Knows(string member) => member is "id" or "model" or "choices" or "usage";
}
