namespace BatchGateway.Runs.Internal;

/// <summary>What a person says about a shard that the engine cannot settle.</summary>
internal sealed class Settlement(RunContext context)
{
    private const ShardState MayBeAbandoned = ShardState.Ambiguous | ShardState.Created | ShardState.Terminal;

    /// <exception cref="BatchRunException">The shard is not ambiguous, or the batch is not its own.</exception>
    public async Task AttachAsync(int number, string batchId, CancellationToken cancellationToken)
    {
        ShardRow shard = await FindAsync(number, ShardState.Ambiguous, "attached to a batch", cancellationToken).ConfigureAwait(false);
        await RequireOwnAsync(shard, batchId, cancellationToken).ConfigureAwait(false);
        ShardWork work = await ClaimAsync(number, ShardState.Ambiguous, cancellationToken).ConfigureAwait(false);
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

    private async Task<ShardRow> FindAsync(int number, ShardState states, string what, CancellationToken cancellationToken)
    {
        IReadOnlyList<ShardRow> shards = await context.Store.ListShardsAsync(context.Run.Id, ShardState.All, cancellationToken).ConfigureAwait(false);
        ShardRow shard = shards.FirstOrDefault(one => one.Number == number) ?? throw new BatchRunException(
            $"Run '{context.Run.Name}' has no shard {number}: it has {shards.Count}. Nothing was changed.");
        return (shard.State & states) != 0 ? shard : throw new BatchRunException(
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

    private async Task<ShardWork> ClaimAsync(int number, ShardState states, CancellationToken cancellationToken)
    {
        ShardClaim claim = await context.Store
            .ClaimAsync(context.Run.Id, number, context.Worker, LeaseKeeper.Lease, cancellationToken).ConfigureAwait(false)
            ?? throw new BatchRunException($"Shard {number} of run '{context.Run.Name}' is being worked on. Nothing was changed: try again later.");
        ShardWork work = new(context, claim);
        if ((work.Shard.State & states) != 0)
            return work;

        await work.ReleaseAsync().ConfigureAwait(false);
        throw new BatchRunException($"Shard {number} of run '{context.Run.Name}' is {RunViews.StatusOf(work.Shard)} by now. Nothing was changed.");
    }
}
