using System.Text.Json.Serialization;
using BatchGateway.Internal.Json;

namespace BatchGateway;

/// <summary>What a batch is created from.</summary>
public sealed record CreateBatchRequest : GatewayModel
{
    /// <summary>The uploaded file with the request lines.</summary>
    [JsonPropertyName("input_file_id")]
    public required string InputFileId { get; init; }

    /// <summary>The API path that every line of the file names as its <c>url</c>.</summary>
    [JsonPropertyName("endpoint")]
    public required BatchEndpoint Endpoint { get; init; }

    /// <summary>How long the provider may take. Default: <c>24h</c>, the only value most providers know. Null leaves it out.</summary>
    [JsonPropertyName("completion_window")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CompletionWindow { get; init; } = "24h";

    /// <summary>A name for the job at the gateway. It does not come back in the batch object.</summary>
    [JsonPropertyName("job_name")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? JobName { get; init; }

    /// <summary>
    /// Pairs kept with the batch. OpenAI takes 16, with keys up to 64 and values up to 512 characters; some gateways drop them.
    /// </summary>
    [JsonPropertyName("metadata")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>
    /// How long after its creation the provider keeps the output and error files; null for the provider's default. OpenAI takes one hour
    /// to thirty days.
    /// </summary>
    [JsonPropertyName("output_expires_after")]
    [JsonConverter(typeof(OutputExpiryConverter))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TimeSpan? OutputExpiresAfter { get; init; }
}
