using BatchGateway.Internal.Operations;

namespace BatchGateway.Runs.Internal;

/// <summary>
/// Reads both result files of a batch that has ended, until every line has a result or the batch has named the same files for long enough for a
/// line without one to be called missing.
/// </summary>
internal sealed class EndedBatch(IBlobStore blobs, TimeProvider clock, HarvestRequest request, HarvestTable table, RetryRules rules)
{
    private const int MostChanges = 10;

    private static readonly TimeSpan SettleTime = TimeSpan.FromMinutes(1);

    /// <summary>For how long files are waited for that a batch should have by its own account, and does not name.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>Result lines beyond the first one of their custom id.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Result lines that no line was asked for.</summary>
    public long Unknown { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>A file that has lines and speaks of none of ours; null when there is none.</summary>
    private string? Silent { get; set; }

    /// <returns>The batch as it was seen last.</returns>
    /// <exception cref="BatchResponseException">
    /// What came is no result, or the batch is not at its end, or it names other files each time.
    /// </exception>
    public async Task<Batch> ReadAsync(CancellationToken cancellationToken)
    {
        Batch batch = request.Batch is { OutputFileId: null, ErrorFileId: null }
            ? await LookAsync(cancellationToken).ConfigureAwait(false)
            : request.Batch;
        for (int changes = 0; changes < MostChanges; changes++)
        {
            await ReadFilesAsync(batch, cancellationToken).ConfigureAwait(false);
            if (!table.HasMissing)
                return batch;
            if (Silent is { } file)
                throw OutcomeReading.NoResults(file);

            (bool isSettled, batch) = await SettledAsync(batch, cancellationToken).ConfigureAwait(false);
            if (isSettled)
                return batch;
        }

        throw OutcomeReading.NeverSettles(batch.Id);
    }

    /// <summary>Looks at the batch again until it names other files, or has named these for long enough.</summary>
    private async Task<(bool IsSettled, Batch Batch)> SettledAsync(Batch batch, CancellationToken cancellationToken)
    {
        TimeSpan waited = TimeSpan.Zero;
        for (TimeSpan pause = SettleTime; ; pause *= 2)
        {
            await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
            waited += pause;
            Batch later = await LookAsync(cancellationToken).ConfigureAwait(false);
            if (!ResultFiles.IdsOf(later).SequenceEqual(ResultFiles.IdsOf(batch)))
                return (false, later);
            if (!OwesFile(later) || waited >= Patience)
                return (true, later);
        }
    }

    /// <summary>
    /// Whether the batch should have a file that it does not name. Counts prove nothing, but they may be a reason to wait: what is sent again
    /// too early is paid twice.
    /// </summary>
    private static bool OwesFile(Batch batch)
    {
        bool hasNone = batch.OutputFileId is null && batch.ErrorFileId is null;
        return (hasNone && (batch.Status.Kind == BatchStatusKind.Completed || batch.RequestCounts?.Failed > 0))
            || (batch.OutputFileId is null && batch.RequestCounts?.Completed > 0);
    }

    private async Task<Batch> LookAsync(CancellationToken cancellationToken)
    {
        Batch batch = await request.Client.Batches.GetAsync(request.Batch.Id, request.Call, cancellationToken).ConfigureAwait(false);
        return batch.IsTerminal ? batch : throw new BatchResponseException(
            $"Batch '{batch.Id}' was at its end, and is '{batch.Status}' now. Nothing was concluded from its results; "
            + "they are read when it has ended again.");
    }

    private async Task ReadFilesAsync(Batch batch, CancellationToken cancellationToken)
    {
        table.Clear();
        (Duplicates, Unknown, Bytes, Silent) = (0, 0, 0, null);
        foreach (string id in ResultFiles.IdsOf(batch))
            await ReadFileAsync(id, isErrorFile: id != batch.OutputFileId, cancellationToken).ConfigureAwait(false);
    }

    private async Task ReadFileAsync(string id, bool isErrorFile, CancellationToken cancellationToken)
    {
        int file = ResultBlob.FileOf(request.Shard.Fence, isErrorFile ? ResultBlob.Error : ResultBlob.Output);
        string name = ResultBlob.NameOf(request.Shard.Number, file);
        Bytes += await ResultDownload.ToBlobAsync(request.Client.Files, id, request.Call, blobs, name, cancellationToken).ConfigureAwait(false);

        HarvestScan scan = new(table, rules, file, isErrorFile);
        Stream content = await blobs.OpenAsync(name, cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
            await scan.ReadAsync(content, cancellationToken).ConfigureAwait(false);
        Duplicates += scan.Duplicates;
        Unknown += scan.Unknown;
        Silent ??= scan.IsSilent ? id : null;
    }
}
