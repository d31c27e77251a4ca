using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BatchGateway.Fuzz.Inputs;
using BatchGateway.Internal.Json;

namespace BatchGateway.Fuzz.Targets;

/// <summary>Batch objects.</summary>
internal sealed class BatchTarget : ModelTarget<Batch>
{
    /// <summary>The words that mean something, written down a second time: one that is not here must mean nothing.</summary>
    private static readonly (BatchStatusKind Kind, string[] Words)[] Kinds =
    [
        (BatchStatusKind.Pending, ["validating", "queued", "submitted", "scheduled", "pending", "preschedule"]),
        (BatchStatusKind.InProgress, ["inprogress", "running"]),
        (BatchStatusKind.Finalizing, ["finalizing"]),
        (BatchStatusKind.Completed, ["completed", "succeeded", "ended", "partiallycompleted"]),
        (BatchStatusKind.Failed, ["failed"]),
        (BatchStatusKind.Expired, ["expired"]),
        (BatchStatusKind.Cancelling, ["cancelling", "canceling", "stopping"]),
        (BatchStatusKind.Cancelled, ["cancelled", "canceled", "stopped"]),
    ];

    public override string Name => "batches";

    public override int Share => 150;

    protected override byte[][] Seeds { get; } = [.. Corpus.Of("Batches")];

    protected override JsonTypeInfo<Batch> Type => BatchJsonContext.Default.Batch;

    protected override Task<Batch> GetAsync(IBatchClient client) => client.Batches.GetAsync("batch_1");

    protected override string Essence(Batch batch) => string.Join(
        '|', batch.Id, batch.Object, batch.Endpoint, batch.Model, batch.InputFileId, batch.CompletionWindow, batch.Status, batch.OutputFileId, batch.ErrorFileId,
        Text(batch.CreatedAt), Text(batch.InProgressAt), Text(batch.ExpiresAt), Text(batch.FinalizingAt), Text(batch.CompletedAt), Text(batch.FailedAt),
        Text(batch.ExpiredAt), Text(batch.CancellingAt), Text(batch.CancelledAt), batch.IsTerminal, batch.Errors.Count, batch.Metadata.Count,
        batch.RequestCounts?.Total, batch.RequestCounts?.Completed, batch.RequestCounts?.Failed, batch.Usage?.InputTokens, batch.Usage?.OutputTokens,
        batch.Usage?.TotalTokens, batch.Usage?.CachedTokens, batch.Usage?.ReasoningTokens);

    protected override void CompareWith(Batch batch, JsonElement root)
    {
        string word = batch.Status.ToString();
        string letters = word.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
        Must.Hold(
            batch.Status.Kind == Kinds.FirstOrDefault(kind => kind.Words.Contains(letters)).Kind, "a status means what its word says", $"'{word}' is {batch.Status.Kind}");
        if (root.TryGetMember("status"u8, out JsonElement status) && status.ValueKind == JsonValueKind.String && !HasHalf(status))
            Must.Equal(word, status.GetString(), "the status is the gateway's word");

        bool hasEnd = (batch.CompletedAt ?? batch.FailedAt ?? batch.ExpiredAt ?? batch.CancelledAt) is not null;
        bool isEnd = batch.Status.Kind is BatchStatusKind.Completed or BatchStatusKind.Failed or BatchStatusKind.Expired or BatchStatusKind.Cancelled;
        Must.Hold(batch.IsTerminal == (isEnd || (batch.Status.Kind == BatchStatusKind.Unknown && hasEnd)), "an end is an end", batch.ToString());
        Must.Hold(
            batch.RequestCounts is not { Total: < 0 } || root.GetProperty("request_counts").GetRawText().Contains('-', StringComparison.Ordinal),
            "counts do not run over", $"{batch.RequestCounts?.Total}");
        foreach (BatchError error in batch.Errors)
            _ = error.ToString();
    }

    private static string? Text(DateTimeOffset? time) => time?.ToString("O", CultureInfo.InvariantCulture);
}
