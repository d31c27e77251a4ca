namespace BatchGateway.Runs.Internal;

/// <summary>Brings in the results of a batch that has ended, or treats its failure by the cause.</summary>
internal sealed class HarvestStep(RunContext context)
{
    private static readonly TimeSpan FilePause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan NotEndedPause = TimeSpan.FromMinutes(1);

    /// <summary>How often a batch may fail because its file could not be found.</summary>
    private const int MostFileRefusals = 5;

    /// <returns>How long to pause; null when the results are in.</returns>
    public async Task<TimeSpan?> RunAsync(ShardWork work, CancellationToken cancellationToken)
    {
        RunClient client = work.Client;
        Batch batch = context.Ended.TryRemove(work.Number, out Batch? end) && end.Id == work.Shard.BatchId
            ? end
            : await client.Batches.GetAsync(work.Shard.BatchId!, client.Call, cancellationToken).ConfigureAwait(false);
        context.Setbacks.Authorized(work.Number);
        if (!batch.IsTerminal)
        {
            context.Notices.Add($"Shard {work.Number}: batch '{batch.Id}' was at its end, and is '{batch.Status}' now. Its results are read "
                + "when it has ended again.");
            return NotEndedPause;
        }

        if (!context.IsCancelling && AgainWithTheSameFile(work.Facts, batch) is { } again)
        {
            await work.MoveAsync(RunStep.Uploaded, ShardState.Uploaded, again.Facts, again.Pause, freesBudget: true).ConfigureAwait(false);
            return again.Pause;
        }

        if (!context.IsCancelling && Refusal(batch) is { } refusal && FileRefusal.IsOne(refusal)
            && await GoneFile.IsGoneAsync(work, cancellationToken).ConfigureAwait(false))
        {
            await work.MoveAsync(RunStep.Uploaded, ShardState.Uploaded, Free(work.Facts, batch, refusal), freesBudget: true).ConfigureAwait(false);
            await new GoneFile(context).ReplanAsync(work).ConfigureAwait(false);
            return TimeSpan.Zero;
        }

        await HarvestAsync(work, batch, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private async Task HarvestAsync(ShardWork work, Batch batch, CancellationToken cancellationToken)
    {
        context.Before(RunStep.Harvest, work.Number);
        RunClient client = work.Client;
        ShardFacts facts = work.Facts;
        using Harvest harvest = await new ShardHarvest(context.Blobs, context.Clock).RunAsync(
            new HarvestRequest
            {
                Run = context.Run,
                Shard = work.Shard,
                Batch = batch,
                Client = client.Client,
                Call = client.Call,
                Options = Options(),
                Tally = facts.Tally,
                RetryFacts = tally => RunsJson.Write(Retried(facts, tally)),
            },
            cancellationToken).ConfigureAwait(false);
        context.After(RunStep.Harvest, work.Number);

        await work.MoveAsync(
            RunStep.Harvested,
            work.To(ShardState.Harvested) with
            {
                Facts = RunsJson.Write(facts with
                {
                    BatchStatus = batch.Status.ToString(),
                    OutputFileId = batch.OutputFileId,
                    ErrorFileId = batch.ErrorFileId,
                    Problem = Oddities(harvest.Counts),
                    Usage = harvest.Counts.Usage,
                }),
                Outcomes = harvest.Outcomes,
                NewShards = harvest.RetryShards,
                FreesBudget = true,
            },
            cancellationToken).ConfigureAwait(false);
        context.Traffic.AddDownload(harvest.Counts.Bytes);
        context.Setbacks.Forget(work.Number);
    }

    private HarvestOptions Options() => new()
    {
        MaxAttempts = context.Settings.MaxAttempts,
        MaxExpiries = context.Settings.MaxExpiries,
        RetryMissing = context.Settings.RetryMissing,
        ShouldRetry = context.ShouldRetry,
        Limits = context.Settings.Limits,
        WasCancelledByUs = context.IsCancelling,
    };

    private static ShardFacts Retried(ShardFacts facts, RetryTally tally) => new()
    {
        Endpoint = facts.Endpoint,
        Model = facts.Model,
        Expiries = tally.Expiries,
        Refusals = tally.Refusals,
    };

    private static string? Oddities(HarvestCounts counts) => counts is { Duplicates: 0, Unknown: 0 }
        ? null
        : $"{counts.Duplicates} result lines came more than once, {counts.Unknown} were never asked for";

    /// <summary>A batch that was refused as a whole for a cause that passes: the file is good for another one.</summary>
    private static (ShardFacts Facts, TimeSpan Pause)? AgainWithTheSameFile(ShardFacts facts, Batch batch)
    {
        if (Refusal(batch) is not { } refusal)
            return null;

        ShardFacts free = Free(facts, batch, refusal);
        if (batch.Errors.Any(one => one.Code == BatchErrorCode.TokenLimitExceeded))
            return (free with { TokenRefusals = facts.TokenRefusals + 1 }, CreateStep.TokenPause(facts.TokenRefusals));
        if (FileRefusal.IsOne(refusal) && facts.FileRefusals < MostFileRefusals)
            return (free with { FileRefusals = facts.FileRefusals + 1 }, FilePause);
        return null;
    }

    /// <summary>Why a batch was refused as a whole, and has run nothing; null when it was not.</summary>
    private static BatchError? Refusal(Batch batch) =>
        // Counts prove nothing, but they may be a reason to wait for a file that is named late: what has run is not sent again unread.
        batch.Status.Kind == BatchStatusKind.Failed && batch is { OutputFileId: null, ErrorFileId: null } && !(batch.RequestCounts?.Completed > 0)
            && batch.Errors is [var first, ..]
            ? first
            : null;

    private static ShardFacts Free(ShardFacts facts, Batch batch, BatchError refusal) => facts with
    {
        EarlierBatches = [.. facts.EarlierBatches, batch.Id],
        IntentToken = null,
        IntentAt = null,
        BatchStatus = null,
        Problem = refusal.ToString(),
    };
}
