using System.Text.Json.Serialization;

namespace BatchGateway;

/// <summary>The body of a request for embeddings, with any other member by name.</summary>
public sealed record EmbeddingsRequest : GatewayModel
{
    /// <summary>The model.</summary>
    [JsonPropertyName("model")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Model { get; init; }

    /// <summary>The texts to embed.</summary>
    [JsonPropertyName("input")]
    public IReadOnlyList<string> Input { get; init; } = [];

    /// <summary>The number of dimensions; null for the default of the model.</summary>
    [JsonPropertyName("dimensions")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Dimensions { get; init; }
}
