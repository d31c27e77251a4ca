namespace BatchGateway.Runs.Internal;

/// <summary>Ends a shard whose batch will not be read: its lines get an outcome with the reason, unless an earlier attempt gave them one.</summary>
internal sealed class GiveUpStep(RunContext context)
{
    /// <summary>The run is being cancelled, and nothing of this shard was sent, or nothing that became a batch.</summary>
    public async Task CancelAsync(ShardWork work, CancellationToken cancellationToken)
    {
        const string reason = "The run was cancelled, or its deadline passed, before this line was sent.";
        await RunAsync(work, BatchOutcomeKind.Cancelled, BatchErrorCode.BatchCancelled, reason, cancellationToken).ConfigureAwait(false);
        await RemoveFileAsync(work).ConfigureAwait(false);
    }

    /// <summary>A person has said that its batch is not to be read, or that it is not to be sent any more.</summary>
    public async Task AbandonAsync(ShardWork work, CancellationToken cancellationToken)
    {
        // A batch of a create whose end was never known may still show up, and read the file.
        bool wasSent = (work.Shard.State & RunStops.ToBeSent) == 0 || work.Facts.EarlierIntents.Count > 0;
        string reason = wasSent
            ? "The shard was abandoned: whatever became of its batch was not read."
            : "The shard was abandoned before it was sent.";
        await RunAsync(work, BatchOutcomeKind.Missing, new BatchErrorCode("shard_abandoned"), reason, cancellationToken).ConfigureAwait(false);
        if (!wasSent)
            await RemoveFileAsync(work).ConfigureAwait(false);
    }

    private async Task RemoveFileAsync(ShardWork work)
    {
        if (work.Facts.FileId is { } file && context.Settings.Cleanup.HasFlag(BatchRunCleanup.InputFiles))
            await work.Client.Operations.TryDeleteAsync(new BatchFile { Id = file }, work.Client.Call).ConfigureAwait(false);
    }

    private async Task RunAsync(ShardWork work, BatchOutcomeKind kind, BatchErrorCode code, string message, CancellationToken cancellationToken)
    {
        BatchError reason = new() { Code = code, Message = message };
        using Harvest given = await new ShardHarvest(context.Blobs, context.Clock)
            .GiveUpAsync(work.Shard, kind, reason, cancellationToken).ConfigureAwait(false);
        await work.MoveAsync(
            RunStep.Settle,
            work.To(ShardState.Abandoned) with
            {
                Facts = RunsJson.Write(work.Facts with { Problem = message }),
                // The lines of a later attempt have the outcome of an earlier one: it came with the shard, in one transaction.
                Outcomes = work.Shard.Parent is null ? given.Outcomes : [],
                FreesBudget = true,
            },
            cancellationToken).ConfigureAwait(false);
    }
}
