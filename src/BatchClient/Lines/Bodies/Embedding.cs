using System.Text.Json.Serialization;

namespace BatchGateway;

/// <summary>The embedding of one text.</summary>
public sealed record Embedding : GatewayModel
{
    /// <summary>The number of the text in the request, counted from 0.</summary>
    [JsonPropertyName("index")]
    public long? Index { get; init; }

    /// <summary>The vector. Ask for <c>encoding_format: float</c>, the default; base64 is not read.</summary>
    [JsonPropertyName("embedding")]
    public IReadOnlyList<float> Vector { get; init => field = value ?? []; } = [];
}
