using System.Text.Json;
using System.Text.Json.Serialization;
using BatchGateway.Internal.Json;

namespace BatchGateway;

/// <summary>
/// What another process needs to go on with a batch: ids, provider and gateway headers, as JSON. It holds no key; of the headers only those
/// that begin with <c>x-tfy-</c> are kept, for others may be secret, and none whose name speaks of a key, token, secret, password or the like.
/// </summary>
public sealed record BatchReference
{
    /// <summary>The id of the batch; null when it was saved before the create.</summary>
    [JsonPropertyName("batch_id")]
    public string? BatchId { get; init; }

    /// <summary>The input file; null when only the batch is known.</summary>
    [JsonPropertyName("input_file_id")]
    public string? InputFileId { get; init; }

    /// <summary>When the input file was made, by the gateway's clock.</summary>
    [JsonPropertyName("input_file_created_at")]
    public DateTimeOffset? InputFileCreatedAt { get; init; }

    /// <summary>The random token of the create.</summary>
    [JsonPropertyName("intent")]
    public string? Intent { get; init; }

    /// <summary>The provider account that every call for this batch goes to: the call's own, or the client's.</summary>
    [JsonPropertyName("provider")]
    public string? Provider { get; init; }

    /// <summary>The gateway's own headers that every call for this batch carries.</summary>
    [JsonPropertyName("headers")]
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>Pairs for the gateway's logs that every call for this batch carries.</summary>
    [JsonPropertyName("gateway_metadata")]
    public IReadOnlyDictionary<string, string>? GatewayMetadata { get; init; }

    /// <summary>The reference as one line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, BatchJsonContext.Default.BatchReference);

    /// <summary>Reads a reference from what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The JSON.</param>
    /// <exception cref="JsonException">It is no reference.</exception>
    public static BatchReference FromJson(string json)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(json);
        BatchReference? reference = JsonSerializer.Deserialize(json, BatchJsonContext.Default.BatchReference);
        return reference is { BatchId: not null } or { InputFileId: not null }
            ? reference
            : throw new JsonException("This is no reference to a batch: it names neither a batch nor an input file.");
    }
}
