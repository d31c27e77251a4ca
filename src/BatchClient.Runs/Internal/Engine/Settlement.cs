using System.Net;
using BatchGateway.Internal.Http;

namespace BatchGateway.Runs.Internal;

/// <summary>What a person says about a shard that the engine cannot settle.</summary>
internal sealed class Settlement(RunContext context)
{
    /// <summary>How long after its creation a batch may not be found.</summary>
    private static readonly TimeSpan NotFoundLimit = TimeSpan.FromMinutes(2);

    /// <exception cref="BatchRunException">The shard is not ambiguous, or the batch is not its own.</exception>
    public async Task AttachAsync(int number, string batchId, CancellationToken cancellationToken)
    {
        ShardRow shard = await FindAsync(number, MayBeAttached, "attached to a batch", cancellationToken).ConfigureAwait(false);
        Batch batch = await RequireOwnAsync(shard, batchId, cancellationToken).ConfigureAwait(false);
        ShardWork work = await ClaimAsync(number, MayBeAttached, cancellationToken).ConfigureAwait(false);
        await work.MoveAsync(RunStep.Settle, ShardState.Created, Attached(work.Facts, batch), batchId: batchId).ConfigureAwait(false);
        await work.ReleaseAsync().ConfigureAwait(false);
    }

    /// <exception cref="BatchRunException">The shard goes on by itself, or is settled already.</exception>
    public async Task AbandonAsync(int number, CancellationToken cancellationToken)
    {
        ShardRow shard = await FindAsync(number, MayBeAbandoned, "abandoned", cancellationToken).ConfigureAwait(false);
        if (shard.State is ShardState.Created or ShardState.Terminal)
            await RequireGoneAsync(shard, cancellationToken).ConfigureAwait(false);
        // What was looked at is what is given up, and not what it has become since.
        ShardWork work = await ClaimAsync(number, now => now.State == shard.State && MayBeAbandoned(now), cancellationToken).ConfigureAwait(false);
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

    private async Task<Batch> RequireOwnAsync(ShardRow shard, string batchId, CancellationToken cancellationToken)
    {
        if (await context.Store.FindBatchAsync(batchId, cancellationToken).ConfigureAwait(false) is { } known)
        {
            string owner = await OwnerAsync(known, cancellationToken).ConfigureAwait(false);
            throw new BatchRunException($"Batch '{batchId}' is known already: it was made of {owner}. Nothing was changed: each batch belongs to one "
                + "shard, once.");
        }

        ShardFacts facts = ShardFacts.Of(shard);
        RunClient client = context.ClientOf(facts);
        Batch batch = await client.Batches.GetAsync(batchId, client.Call, cancellationToken).ConfigureAwait(false);
        return WhyForeign(batch, facts) is { } why
            ? throw new BatchRunException($"Batch '{batchId}' is not that of shard {shard.Number}, which is file '{facts.FileId}': {why}. Nothing was "
                + "changed: look for a batch of that file.")
            : batch;
    }

    private async Task<string> OwnerAsync(ShardRow known, CancellationToken cancellationToken)
    {
        if (known.Run == context.Run.Id)
            return $"shard {known.Number} of this run";
        IReadOnlyList<RunRow> runs = await context.Store.ListRunsAsync(cancellationToken).ConfigureAwait(false);
        return $"shard {known.Number} of run '{runs.FirstOrDefault(run => run.Id == known.Run)?.Name}'";
    }

    /// <summary>Why a batch cannot have been made by this shard's creates; null when nothing speaks against it.</summary>
    private static string? WhyForeign(Batch batch, ShardFacts facts)
    {
        if (batch.InputFileId is { } file && file != facts.FileId)
            return $"it was made from file '{file}'";
        if (batch.Metadata.TryGetValue(IntentToken.MetadataKey, out string? token) && !IsOwn(token, facts))
            return $"it carries the intent {token} of another create";
        return batch.CreatedAt < facts.FileCreatedAt ? "it is older than that file" : null;
    }

    private static bool IsOwn(string token, ShardFacts facts) =>
        token == facts.IntentToken || facts.EarlierIntents.Any(intent => intent.Token == token);

    /// <summary>Where the batch does not say that our own create made it, nobody knows which key did.</summary>
    private static ShardFacts Attached(ShardFacts facts, Batch batch) =>
        batch.Metadata.ContainsKey(IntentToken.MetadataKey) ? facts.Having(batch) : facts.Having(batch) with { BatchKey = null };

    /// <exception cref="BatchRunException">The batch of the shard, or what it has written, is still there.</exception>
    private async Task RequireGoneAsync(ShardRow shard, CancellationToken cancellationToken)
    {
        ShardFacts facts = ShardFacts.Of(shard);
        RunClient client = context.ClientOf(facts);
        bool isNew = context.Now - facts.IntentAt < NotFoundLimit;
        if (!isNew && await IsGoneAsync(() => client.Batches.GetAsync(shard.BatchId!, client.Call, cancellationToken)).ConfigureAwait(false))
            return;

        foreach (string file in new[] { facts.OutputFileId, facts.ErrorFileId }.OfType<string>())
        {
            if (await IsGoneAsync(() => client.Files.GetAsync(file, client.Call, cancellationToken)).ConfigureAwait(false))
                return;
        }

        throw new BatchRunException($"Shard {shard.Number} of run '{context.Run.Name}' is {RunViews.StatusOf(shard)} and was not abandoned: its batch "
            + $"'{shard.BatchId}' is at the gateway, and would be paid for and not read. Nothing was changed: resume the run, it brings in the results; or "
            + "cancel the run (CancelAsync), which ends its batches first.");
    }

    private static async Task<bool> IsGoneAsync<T>(Func<Task<T>> get)
    {
        try
        {
            await get().ConfigureAwait(false);
            return false;
        }
        catch (BatchApiException exception)
            when (exception is { StatusCode: HttpStatusCode.NotFound or HttpStatusCode.Gone, IsRouteUnsupported: false })
        {
            return true;
        }
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
