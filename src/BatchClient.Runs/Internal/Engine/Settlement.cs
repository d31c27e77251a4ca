namespace BatchGateway.Runs.Internal;

/// <summary>What a person says about a shard that the engine cannot settle.</summary>
internal sealed class Settlement(RunContext context)
{
    /// <exception cref="BatchRunException">The shard is not ambiguous, or the batch is not its own.</exception>
    public async Task AttachAsync(int number, string batchId, CancellationToken cancellationToken)
    {
        ShardRow shard = await FindAsync(number, MayBeAttached, "attached to a batch", cancellationToken).ConfigureAwait(false);
        await RequireOwnAsync(shard, batchId, cancellationToken).ConfigureAwait(false);
        ShardWork work = await ClaimAsync(number, MayBeAttached, cancellationToken).ConfigureAwait(false);
        await work.MoveAsync(RunStep.Settle, ShardState.Created, work.Facts with { Problem = null, BatchStatus = null }, batchId: batchId)
            .ConfigureAwait(false);
        await work.ReleaseAsync().ConfigureAwait(false);
    }

    /// <exception cref="BatchRunException">The shard goes on by itself, or is settled already.</exception>
    public async Task AbandonAsync(int number, CancellationToken cancellationToken)
    {
        await FindAsync(number, MayBeAbandoned, "abandoned", cancellationToken).ConfigureAwait(false);
        ShardWork work = await ClaimAsync(number, MayBeAbandoned, cancellationToken).ConfigureAwait(false);
        await new GiveUpStep(context).AbandonAsync(work, cancellationToken).ConfigureAwait(false);
        await work.ReleaseAsync().ConfigureAwait(false);
    }

    private static bool MayBeAttached(ShardRow shard) => shard.State == ShardState.Ambiguous;

    /// <summary>Nothing that goes on by itself: of what was not sent yet only what has stopped.</summary>
    private static bool MayBeAbandoned(ShardRow shard) => shard.State is ShardState.Ambiguous or ShardState.Created or ShardState.Terminal
        || ((shard.State & RunStops.ToBeSent) != 0 && ShardFacts.Of(shard).Stops > 0);

    private async Task<ShardRow> FindAsync(int number, Func<ShardRow, bool> may, string what, CancellationToken cancellationToken)
    {
        IReadOnlyList<ShardRow> shards = await context.Store.ListShardsAsync(context.Run.Id, ShardState.All, cancellationToken).ConfigureAwait(false);
        ShardRow shard = shards.FirstOrDefault(one => one.Number == number) ?? throw new BatchRunException(
            $"Run '{context.Run.Name}' has no shard {number}: it has {shards.Count}. Nothing was changed.");
        return may(shard) ? shard : throw new BatchRunException(
            $"Shard {number} of run '{context.Run.Name}' is {RunViews.StatusOf(shard)} and cannot be {what}. Nothing was changed: resume the "
                + "run, it goes on by itself.");
    }

    private async Task RequireOwnAsync(ShardRow shard, string batchId, CancellationToken cancellationToken)
    {
        ShardFacts facts = ShardFacts.Of(shard);
        RunClient client = context.ClientOf(facts);
        Batch batch = await client.Batches.GetAsync(batchId, client.Call, cancellationToken).ConfigureAwait(false);
        if (batch.InputFileId is { } file && file != facts.FileId)
            throw new BatchRunException($"Batch '{batchId}' was made from file '{file}', and shard {shard.Number} is file '{facts.FileId}'. "
                + "Nothing was changed: look for a batch of that file.");
        if (await context.Store.FindBatchAsync(batchId, cancellationToken).ConfigureAwait(false) is { } other)
            throw new BatchRunException($"Batch '{batchId}' belongs to shard {other.Number} already. Nothing was changed.");
    }

    private async Task<ShardWork> ClaimAsync(int number, Func<ShardRow, bool> may, CancellationToken cancellationToken)
    {
        ShardClaim claim = await context.Store
            .ClaimAsync(context.Run.Id, number, context.Worker, LeaseKeeper.Lease, cancellationToken).ConfigureAwait(false)
            ?? throw new BatchRunException($"Shard {number} of run '{context.Run.Name}' is being worked on. Nothing was changed: try again later.");
        ShardWork work = new(context, claim);
        if (may(work.Shard))
            return work;

        await work.ReleaseAsync().ConfigureAwait(false);
        throw new BatchRunException($"Shard {number} of run '{context.Run.Name}' is {RunViews.StatusOf(work.Shard)} by now. Nothing was changed.");
    }
}
