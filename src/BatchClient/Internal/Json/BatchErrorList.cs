using System.Text.Json.Serialization;

namespace BatchGateway.Internal.Json;

/// <summary>The documented shape of <c>errors</c>, for batches that a user makes in tests.</summary>
internal sealed record BatchErrorList
{
    [JsonPropertyName("object")]
    public string Object { get; init; } = "list";

    [JsonPropertyName("data")]
    public IReadOnlyList<BatchError> Data { get; init; } = [];
}
