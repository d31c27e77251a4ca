namespace BatchGateway.Runs.Internal;

/// <summary>Takes one claimed shard as far as it goes now, and gives it back.</summary>
internal sealed class ShardWorker
{
    private readonly RunContext _context;
    private readonly UploadStep _upload;
    private readonly CreateStep _create;
    private readonly ReconcileStep _reconcile;
    private readonly SecondBatchStep _second;
    private readonly HarvestStep _harvest;
    private readonly GiveUpStep _giveUp;
    private readonly CleanStep _clean;
    private readonly StopStep _stop;

    public ShardWorker(RunContext context, SemaphoreSlim uploads)
    {
        _context = context;
        _upload = new UploadStep(context, uploads);
        BatchSearch search = new(context);
        _create = new CreateStep(context, search);
        _reconcile = new ReconcileStep(context, _create, search);
        _second = new SecondBatchStep(context, search);
        _harvest = new HarvestStep(context);
        _giveUp = new GiveUpStep(context);
        _clean = new CleanStep(context);
        _stop = new StopStep(context);
    }

    /// <returns>How it went.</returns>
    public async Task<WorkEnd> RunAsync(ShardClaim claim, CancellationToken cancellationToken)
    {
        ShardWork work = new(_context, claim);
        LeaseKeeper lease = new(_context, claim);
        await using (lease.ConfigureAwait(false))
        {
            try
            {
                return await WorkAsync(work, cancellationToken).ConfigureAwait(false);
            }
            catch (LostClaimException)
            {
                return WorkEnd.Released;
            }
            catch (BatchClientException exception) when (exception is not (RunStoreException or StateFolderException))
            {
                return await FailedAsync(work, exception).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                await LetGoAsync(work).ConfigureAwait(false);
                if (DiskFailure.IsOne(exception))
                    throw DiskFailure.Of(_context.Run, work.Number, exception);
                throw;
            }
        }
    }

    private async Task<WorkEnd> FailedAsync(ShardWork work, BatchClientException exception)
    {
        try
        {
            if (!_context.Setbacks.MayPass(work.Number, exception))
            {
                await _stop.RunAsync(work, exception).ConfigureAwait(false);
                return await ReleasedAsync(work, WorkEnd.Released).ConfigureAwait(false);
            }

            _context.Notices.Add($"Shard {work.Number}: {exception.Message}");
            return await ReleasedAsync(work, WorkEnd.Released, _context.Setbacks.Pause(work.Number, exception)).ConfigureAwait(false);
        }
        catch (LostClaimException)
        {
            return WorkEnd.Released;
        }
    }

    /// <summary>Gives the shard back at once, so that a resume need not wait for the end of the lease.</summary>
    private static async Task LetGoAsync(ShardWork work)
    {
        try
        {
            await work.ReleaseAsync().ConfigureAwait(false);
        }
        catch (RunStoreException)
        {
            // What stopped the work is what is told; the lease ends by itself.
        }
    }

    private async Task<WorkEnd> WorkAsync(ShardWork work, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (work.Shard.State)
            {
                case ShardState.Planned or ShardState.Uploading or ShardState.Uploaded when _context.IsCancelling:
                    await _giveUp.CancelAsync(work, cancellationToken).ConfigureAwait(false);
                    break;
                case ShardState.Planned or ShardState.Uploading:
                    if (!await ReserveAsync(work, cancellationToken).ConfigureAwait(false))
                        return await ReleasedAsync(work, WorkEnd.BudgetFull).ConfigureAwait(false);
                    await _upload.RunAsync(work, cancellationToken).ConfigureAwait(false);
                    break;
                case ShardState.Uploaded when !work.Claim.MayCreate:
                    return await ReleasedAsync(work, WorkEnd.Released).ConfigureAwait(false);
                case ShardState.Uploaded:
                    if (!await ReserveAsync(work, cancellationToken).ConfigureAwait(false))
                        return await ReleasedAsync(work, WorkEnd.BudgetFull).ConfigureAwait(false);
                    if (await _create.RunAsync(work, cancellationToken).ConfigureAwait(false) is { } refused)
                        return await ReleasedAsync(work, WorkEnd.Released, refused).ConfigureAwait(false);
                    if (work.Shard.State == ShardState.Created)
                        _context.Stops.Sent();
                    break;
                case ShardState.Intent:
                    if (await _reconcile.RunAsync(work, cancellationToken).ConfigureAwait(false) is { } open)
                        return await ReleasedAsync(work, WorkEnd.Released, open).ConfigureAwait(false);
                    break;
                case ShardState.Terminal:
                    await _second.RunAsync(work, cancellationToken).ConfigureAwait(false);
                    if (await _harvest.RunAsync(work, cancellationToken).ConfigureAwait(false) is { } later)
                        return await ReleasedAsync(work, WorkEnd.Released, later).ConfigureAwait(false);
                    break;
                case ShardState.Harvested when _context.Settings.Cleanup != BatchRunCleanup.None:
                    bool isClean = await _clean.RunAsync(work, cancellationToken).ConfigureAwait(false);
                    return await ReleasedAsync(work, isClean ? WorkEnd.Released : WorkEnd.LeftUnclean).ConfigureAwait(false);
                default:
                    return await ReleasedAsync(work, WorkEnd.Released).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> ReserveAsync(ShardWork work, CancellationToken cancellationToken) =>
        await ReserveAsync(work, _context.Settings.Budget, cancellationToken).ConfigureAwait(false)
        || (await WitnessLimitsAsync(cancellationToken).ConfigureAwait(false) is { } limits
            && await ReserveAsync(work, limits, cancellationToken).ConfigureAwait(false));

    private async Task<bool> ReserveAsync(ShardWork work, BudgetLimits limits, CancellationToken cancellationToken) =>
        await _context.Store.ReserveAsync(work.Claim, limits, cancellationToken).ConfigureAwait(false) switch
        {
            ReserveOutcome.Full => false,
            ReserveOutcome.Fenced => throw new LostClaimException(work.Number),
            _ => true,
        };

    /// <summary>
    /// Room for one batch past the budget when all of it is held by intents that were found open: they can only be settled when the list shows
    /// another batch of ours, and else there would be none. Null when there is no need, or one was let past already.
    /// </summary>
    private async Task<BudgetLimits?> WitnessLimitsAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ShardRow> shards = await _context.Store
            .ListShardsAsync(_context.Run.Id, ShardState.All, cancellationToken).ConfigureAwait(false);
        List<ShardRow> holders = [.. shards.Where(shard => shard.Reserved is not null)];
        return holders.TrueForAll(IsFoundOpen) && _context.Settings.Budget.AreKeptBy(holders.Count, holders.Sum(shard => shard.Reserved!.Value))
            ? new BudgetLimits(holders.Count + 1)
            : null;
    }

    private static bool IsFoundOpen(ShardRow shard) => shard.State == ShardState.Intent && ShardFacts.Of(shard).FoundOpenAt is not null;

    private static async Task<WorkEnd> ReleasedAsync(ShardWork work, WorkEnd end, TimeSpan? pause = null)
    {
        await work.ReleaseAsync(pause).ConfigureAwait(false);
        return end;
    }
}
