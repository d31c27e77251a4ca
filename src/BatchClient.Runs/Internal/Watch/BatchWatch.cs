using System.Net;

namespace BatchGateway.Runs.Internal;

/// <summary>
/// The one loop that looks at the batches of a run: often at first, then every two minutes, or as often as it is told to. It tells what is odd and judges none of it: only a batch
/// that says it has ended has ended.
/// </summary>
internal sealed class BatchWatch(RunContext context)
{
    private const int GetsAtOnce = 4;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    /// <summary>How long after its creation a batch may not be found.</summary>
    private static readonly TimeSpan NotFoundLimit = TimeSpan.FromMinutes(2);

    private readonly Dictionary<int, WatchedBatch> _watched = [];
    private readonly Dictionary<RunClient, BatchListing> _listings = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        context.Pauses.Begin();
        while (true)
        {
            Task changed = context.Changed.Next;
            await TakeUpAsync(cancellationToken).ConfigureAwait(false);
            await CancelAsync(cancellationToken).ConfigureAwait(false);
            await LookAsync(cancellationToken).ConfigureAwait(false);
            TimeSpan? pause = _watched.Count == 0 ? null : _watched.Values.Min(batch => batch.NextLook) - context.Now;
            await context.Pauses.RestAsync(changed, pause, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Watches what was created since the last look, and no longer what has moved on.</summary>
    private async Task TakeUpAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ShardRow> created = await context.Store
            .ListShardsAsync(context.Run.Id, ShardState.Created, cancellationToken).ConfigureAwait(false);
        Dictionary<int, ShardRow> live = created.Where(shard => !context.Stops.IsHeld(shard)).ToDictionary(shard => shard.Number);
        foreach (WatchedBatch gone in _watched.Values.Where(batch => !live.TryGetValue(batch.Shard, out ShardRow? shard)
            || shard.BatchId != batch.BatchId).ToList())
        {
            _watched.Remove(gone.Shard);
            context.Snapshots.TryRemove(gone.Shard, out _);
        }

        foreach (ShardRow shard in live.Values.Where(shard => !_watched.ContainsKey(shard.Number)))
            _watched[shard.Number] = new WatchedBatch(shard, context.ClientOf(ShardFacts.Of(shard)), PausesOf(live.Count), context.Now);
    }

    private (TimeSpan First, TimeSpan Longest) PausesOf(int batches) =>
        context.PollInterval is { } fixedPause ? (fixedPause, fixedPause) : (FirstPause(batches), LongestPause);

    // Of a few batches each second counts; of a thousand, that they are looked at together.
    private static TimeSpan FirstPause(int batches) => TimeSpan.FromSeconds(Math.Clamp(batches / 10.0, 2, 120));

    /// <summary>Asks for the cancellation of each batch once; how long that takes is the provider's affair.</summary>
    private async Task CancelAsync(CancellationToken cancellationToken)
    {
        foreach (WatchedBatch batch in context.IsCancelling ? _watched.Values.Where(batch => !batch.IsCancelAsked).ToList() : [])
        {
            try
            {
                await batch.Client.Batches.CancelAsync(batch.BatchId, batch.Client.Call, cancellationToken).ConfigureAwait(false);
                batch.IsCancelAsked = true;
            }
            catch (BatchClientException exception) when (MayBeCancelledLater(batch, exception))
            {
                // Asked again after the next look.
                batch.Looked(context.Now, (exception as BatchApiException)?.RetryAfter);
            }
            catch (BatchClientException exception)
            {
                batch.IsCancelAsked = true;
                context.Notices.Add($"Shard {batch.Shard}: batch '{batch.BatchId}' could not be cancelled, and is waited for until it ends by "
                    + $"itself: {exception.Message}");
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = context.Now;
        if (!_watched.Values.Any(batch => batch.NextLook <= now))
            return;

        foreach (IGrouping<RunClient, WatchedBatch> group in _watched.Values.Where(batch => batch.IsNearlyDue(now))
            .GroupBy(batch => batch.Client).ToList())
            await LookAsync(group.Key, [.. group], cancellationToken).ConfigureAwait(false);
    }

    private async Task LookAsync(RunClient client, List<WatchedBatch> due, CancellationToken cancellationToken)
    {
        if (!_listings.TryGetValue(client, out BatchListing? listing))
            _listings[client] = listing = new BatchListing(client);

        List<WatchedBatch> rest = due;
        if (listing.IsCheaper(due.Count, _watched.Count, context.Now))
        {
            IReadOnlyDictionary<string, Batch> listed = await ListAsync(listing, due, cancellationToken).ConfigureAwait(false);
            foreach (WatchedBatch batch in _watched.Values.Where(batch => listed.ContainsKey(batch.BatchId)).ToList())
                await SeenAsync(batch, listed[batch.BatchId], cancellationToken).ConfigureAwait(false);
            rest = due.FindAll(batch => !listed.ContainsKey(batch.BatchId));
        }

        await Parallel.ForEachAsync(
            rest,
            new ParallelOptions { MaxDegreeOfParallelism = GetsAtOnce, CancellationToken = cancellationToken },
            (batch, token) => new ValueTask(GetAsync(batch, token))).ConfigureAwait(false);
    }

    private async Task<IReadOnlyDictionary<string, Batch>> ListAsync(BatchListing listing, List<WatchedBatch> due,
        CancellationToken cancellationToken)
    {
        try
        {
            return await listing.ReadAsync(due, cancellationToken).ConfigureAwait(false);
        }
        catch (BatchClientException exception)
        {
            listing.Failed(context.Now);
            context.Notices.Add($"Listing the batches failed, and each is looked at by itself: {exception.Message}");
            return new Dictionary<string, Batch>();
        }
    }

    private async Task GetAsync(WatchedBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            Batch seen = await batch.Client.Batches.GetAsync(batch.BatchId, batch.Client.Call, cancellationToken).ConfigureAwait(false);
            await SeenAsync(batch, seen, cancellationToken).ConfigureAwait(false);
        }
        catch (BatchClientException exception) when (exception is not (RunStoreException or StateFolderException))
        {
            await UnseenAsync(batch, exception, cancellationToken).ConfigureAwait(false);
        }
    }

    // A gateway without the route says "not found" as well, and always will.
    private bool MayBeCancelledLater(WatchedBatch batch, BatchClientException exception) =>
        (IsNew(batch, exception) && exception is not BatchApiException { IsRouteUnsupported: true }) || context.Setbacks.MayPass(batch.Shard, exception);

    /// <summary>Whether it is not found because it was only just created.</summary>
    private bool IsNew(WatchedBatch batch, BatchClientException exception) =>
        exception is BatchApiException { StatusCode: HttpStatusCode.NotFound } && context.Now - batch.KnownSince < NotFoundLimit;

    private async Task UnseenAsync(WatchedBatch batch, BatchClientException exception, CancellationToken cancellationToken)
    {
        if (IsNew(batch, exception) || context.Setbacks.MayPass(batch.Shard, exception))
        {
            batch.Looked(context.Now, (exception as BatchApiException)?.RetryAfter);
            context.Notices.Add($"Shard {batch.Shard}: a look at batch '{batch.BatchId}' failed, and it is watched on: {exception.Message}");
            return;
        }

        // Somebody else may have the shard just now.
        batch.Looked(context.Now);
        await WithClaimAsync(batch, work => new StopStep(context).RunAsync(work, exception), cancellationToken).ConfigureAwait(false);
    }

    private async Task SeenAsync(WatchedBatch batch, Batch seen, CancellationToken cancellationToken)
    {
        context.Setbacks.Authorized(batch.Shard);
        context.Snapshots.TryGetValue(batch.Shard, out Batch? before);
        context.Snapshots[batch.Shard] = seen;
        if (batch.Note(before, seen, context.Now) is { } notice)
            context.Notices.Add($"Shard {batch.Shard}: {notice}");
        batch.Looked(context.Now);
        if (seen.IsTerminal)
            await EndAsync(batch, seen, cancellationToken).ConfigureAwait(false);
        else if (before?.Status != seen.Status || before.RequestCounts?.Completed != seen.RequestCounts?.Completed)
            context.Changed.Set();
    }

    private Task EndAsync(WatchedBatch batch, Batch end, CancellationToken cancellationToken) => WithClaimAsync(
        batch,
        async work =>
        {
            context.Ended[batch.Shard] = end;
            ShardFacts facts = work.Facts with
            {
                BatchStatus = end.Status.ToString(),
                OutputFileId = end.OutputFileId,
                ErrorFileId = end.ErrorFileId,
                Problem = null,
            };
            await work.MoveAsync(RunStep.Terminal, ShardState.Terminal, facts, freesBudget: true).ConfigureAwait(false);
        },
        cancellationToken);

    /// <summary>Does something with the shard of a batch, if nobody else has it and it is still about that batch.</summary>
    private async Task WithClaimAsync(WatchedBatch batch, Func<ShardWork, Task> act, CancellationToken cancellationToken)
    {
        ShardClaim? claim = await context.Store
            .ClaimAsync(context.Run.Id, batch.Shard, context.Worker, LeaseKeeper.Lease, cancellationToken).ConfigureAwait(false);
        if (claim is null)
            return;

        ShardWork work = new(context, claim);
        try
        {
            if (work.Shard.State == ShardState.Created && work.Shard.BatchId == batch.BatchId)
                await act(work).ConfigureAwait(false);
            await work.ReleaseAsync().ConfigureAwait(false);
        }
        catch (LostClaimException)
        {
        }
    }
}
