using System.Text.Json;

namespace BatchGateway.Benchmarks.UserTypes;

/// <summary>The batch object, whole, as one writes it down from the reference pages.</summary>
internal sealed class PlainBatch
{
    public required string Id { get; set; }

    public string? Object { get; set; }

    public string? Endpoint { get; set; }

    public string? Model { get; set; }

    public JsonElement? Errors { get; set; }

    public string? InputFileId { get; set; }

    public string? CompletionWindow { get; set; }

    public string? Status { get; set; }

    public string? OutputFileId { get; set; }

    public string? ErrorFileId { get; set; }

    public long? CreatedAt { get; set; }

    public long? InProgressAt { get; set; }

    public long? ExpiresAt { get; set; }

    public long? FinalizingAt { get; set; }

    public long? CompletedAt { get; set; }

    public long? FailedAt { get; set; }

    public long? ExpiredAt { get; set; }

    public long? CancellingAt { get; set; }

    public long? CancelledAt { get; set; }

    public PlainCounts? RequestCounts { get; set; }

    public PlainUsage? Usage { get; set; }

    public Dictionary<string, string>? Metadata { get; set; }
}
