using System.Text.Json.Serialization;
using BatchGateway.Internal.Json;

namespace BatchGateway;

/// <summary>Embeddings, one for each text of the request.</summary>
public sealed record EmbeddingsAnswer : GatewayModel
{
    /// <summary>The model that answered.</summary>
    [JsonPropertyName("model")]
    public string? Model { get; init; }

    /// <summary>The embeddings, in the order of the texts unless <see cref="Embedding.Index"/> says otherwise.</summary>
    [JsonPropertyName("data")]
    public IReadOnlyList<Embedding> Data { get; init => field = NullItems.Without(value); } = [];

    /// <summary>The tokens used.</summary>
    [JsonPropertyName("usage")]
    public TokenUsage? Usage { get; init; }
}
