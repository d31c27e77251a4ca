using System.Text.Json;
using System.Text.Json.Serialization;
using BatchGateway.Internal.Json;

namespace BatchGateway;

/// <summary>
/// A batch as the gateway describes it: an immutable snapshot. Only <see cref="Id"/> is certain; some providers answer with little else.
/// Times are null when the gateway does not say them.
/// </summary>
public sealed record Batch : GatewayModel
{
    private LateElement _metadata;

    /// <summary>The id of the batch. Opaque: may be an ARN or a URL, and may already be percent-encoded.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>The kind of object, usually <c>batch</c>.</summary>
    [JsonPropertyName("object")]
    public string? Object { get; init; }

    /// <summary>The API path that the lines are sent to.</summary>
    [JsonPropertyName("endpoint")]
    public BatchEndpoint Endpoint { get; init; }

    /// <summary>The model, where the gateway names it.</summary>
    [JsonPropertyName("model")]
    public string? Model { get; init; }

    /// <summary>Why the input was refused; empty when there is nothing to say. Read from every shape that gateways send.</summary>
    /// <remarks><see cref="ErrorsJson"/> has the JSON as it came.</remarks>
    [JsonIgnore]
    public IReadOnlyList<BatchError> Errors
    {
        get => BatchErrorsJson.Read(ErrorsJson);
        init => ErrorsJson = BatchErrorsJson.Write(value);
    }

    /// <summary>The member <c>errors</c> as it came: null, an object, an array or a string.</summary>
    [JsonPropertyName("errors")]
    public JsonElement? ErrorsJson { get; init; }

    /// <summary>The uploaded file with the request lines.</summary>
    [JsonPropertyName("input_file_id")]
    [JsonConverter(typeof(FileIdConverter))]
    public string? InputFileId { get; init; }

    /// <summary>How long the provider may take, such as <c>24h</c>.</summary>
    [JsonPropertyName("completion_window")]
    public string? CompletionWindow { get; init; }

    /// <summary>Where the batch stands.</summary>
    [JsonPropertyName("status")]
    public BatchStatus Status { get; init; }

    /// <summary>The file with the answers. Null while there is none, and when every line failed.</summary>
    [JsonPropertyName("output_file_id")]
    [JsonConverter(typeof(FileIdConverter))]
    public string? OutputFileId { get; init; }

    /// <summary>The file with the lines that failed or never ran. Null when there is none.</summary>
    [JsonPropertyName("error_file_id")]
    [JsonConverter(typeof(FileIdConverter))]
    public string? ErrorFileId { get; init; }

    /// <summary>When the batch was created.</summary>
    [JsonPropertyName("created_at")]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When work on the lines began.</summary>
    [JsonPropertyName("in_progress_at")]
    public DateTimeOffset? InProgressAt { get; init; }

    /// <summary>When the completion window ends. Batches have been seen to go on for ten minutes, and once for a day, after it.</summary>
    [JsonPropertyName("expires_at")]
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When the writing of the result files began.</summary>
    [JsonPropertyName("finalizing_at")]
    public DateTimeOffset? FinalizingAt { get; init; }

    /// <summary>When the batch completed.</summary>
    [JsonPropertyName("completed_at")]
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>When the batch failed.</summary>
    [JsonPropertyName("failed_at")]
    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>When the batch expired.</summary>
    [JsonPropertyName("expired_at")]
    public DateTimeOffset? ExpiredAt { get; init; }

    /// <summary>When a cancellation was asked for.</summary>
    [JsonPropertyName("cancelling_at")]
    public DateTimeOffset? CancellingAt { get; init; }

    /// <summary>When the batch was cancelled.</summary>
    [JsonPropertyName("cancelled_at")]
    public DateTimeOffset? CancelledAt { get; init; }

    /// <summary>How many lines there are and how many are done. A server's counts are a hint: results are read from both files.</summary>
    [JsonPropertyName("request_counts")]
    public BatchRequestCounts? RequestCounts { get; init; }

    /// <summary>The tokens used, where the gateway says so; all zero on older, expired and cancelled batches.</summary>
    [JsonPropertyName("usage")]
    public TokenUsage? Usage { get; init; }

    /// <summary>
    /// The metadata as pairs of strings; a value that is not a string is its JSON text. Empty when there is none, or when it is no object.
    /// </summary>
    /// <remarks><see cref="MetadataJson"/> has the JSON as it came.</remarks>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> Metadata
    {
        get => StringPairsJson.Read(MetadataJson);
        init => MetadataJson = StringPairsJson.Write(value);
    }

    /// <summary>The member <c>metadata</c> as it came: null, an object, an array or a string.</summary>
    [JsonPropertyName("metadata")]
    public JsonElement? MetadataJson
    {
        get => _metadata.Read();
        init => _metadata = new LateElement(value);
    }

    /// <summary>The metadata as JSON that is read when somebody asks for it.</summary>
    internal ReadOnlyMemory<byte> UnreadMetadata
    {
        init => _metadata = new LateElement(value);
    }

    /// <summary>
    /// True when nothing will change any more: the status means so, or its word is unknown and one of <see cref="CompletedAt"/>,
    /// <see cref="FailedAt"/>, <see cref="ExpiredAt"/> and <see cref="CancelledAt"/> is set.
    /// </summary>
    [JsonIgnore]
    public bool IsTerminal => Status.IsTerminal
        || (Status.Kind == BatchStatusKind.Unknown && (CompletedAt ?? FailedAt ?? ExpiredAt ?? CancelledAt) is not null);

    /// <summary>The id, the status and the counts.</summary>
    public override string ToString() => RequestCounts is { } counts
        ? $"batch '{Id}': {Status}, {counts.Completed ?? 0} of {counts.Total ?? 0} lines"
        : $"batch '{Id}': {Status}";

    /// <summary>Returns this batch when it completed, perhaps with failed lines; throws when it stands or ended in any other way.</summary>
    /// <returns>This batch.</returns>
    /// <exception cref="BatchNotCompletedException">The batch is not completed: failed, expired, cancelled, or not at its end.</exception>
    public Batch EnsureCompleted() => Status.Kind == BatchStatusKind.Completed ? this : throw new BatchNotCompletedException(this);

    internal override bool Knows(string member) => member is "id" or "object" or "endpoint" or "model" or "errors" or "input_file_id"
        or "completion_window" or "status" or "output_file_id" or "error_file_id" or "created_at" or "in_progress_at" or "expires_at"
        or "finalizing_at" or "completed_at" or "failed_at" or "expired_at" or "cancelling_at" or "cancelled_at" or "request_counts"
        or "usage" or "metadata";
}
