using System.Collections.Concurrent;

namespace BatchGateway.Runs.Internal;

/// <summary>Drives a run until nothing is left to do: gives due shards to workers, beside the one loop that watches batches.</summary>
internal sealed class RunLoop : IDisposable
{
    private readonly RunContext _context;
    private readonly RunReporter _reporter;
    private readonly BatchWatch _watch;
    private readonly ShardWorker _worker;
    private readonly SemaphoreSlim _uploads;
    private readonly int _workers;
    private readonly ConcurrentDictionary<int, Task> _active = new();
    private readonly ConcurrentDictionary<int, bool> _unclean = new();
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// Whether planned shards may hold a place that an earlier life of the run gave them. Until they are sent nobody else has it, so they come first;
    /// in this life they are sent at once.
    /// </summary>
    private bool _mayPlannedHoldPlaces = true;

    public RunLoop(RunContext context, RunReporter reporter, int workers)
    {
        _context = context;
        _reporter = reporter;
        _uploads = new SemaphoreSlim(Math.Max(1, context.Settings.MaxUploads));
        _workers = workers;
        _worker = new ShardWorker(context, _uploads);
        _watch = new BatchWatch(context);
    }

    /// <exception cref="BatchRunException">
    /// Shards have stopped that no pause helps, and the others are at their end; or the disk has failed, and what is in flight goes on at the
    /// gateway.
    /// </exception>
    /// <exception cref="BatchClientException">The state cannot be written; what is in flight goes on at the gateway.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task watching = _watch.RunAsync(stop.Token);
        Task dispatching = DispatchAsync(stop.Token);
        Task first = await Task.WhenAny(dispatching, watching, _failed.Task).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);

        // Whatever began a step ends it first, and a create that is on its way has its answer written down.
        // The dispatcher first: it may be about to begin one.
        await Task.WhenAll(watching, dispatching).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_active.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first.ConfigureAwait(false);
        if (!_context.Stops.IsEmpty)
            throw await StoppedAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _uploads.Dispose();

    private async Task<BatchRunException> StoppedAsync(CancellationToken cancellationToken)
    {
        await _reporter.ReportNowAsync(cancellationToken).ConfigureAwait(false);
        RunCounts counts = await _context.Store.CountsAsync(_context.Run.Id, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ShardRow> shards = await _context.Store
            .ListShardsAsync(_context.Run.Id, RunStops.ToBeSent, cancellationToken).ConfigureAwait(false);
        return _context.Stops.ToException(_context.Run, counts, shards);
    }

    private async Task DispatchAsync(CancellationToken cancellationToken)
    {
        _context.Pauses.Begin();
        while (true)
        {
            Task changed = _context.Changed.Next;
            await LookAtRunAsync(cancellationToken).ConfigureAwait(false);
            while (await DispatchOneAsync(cancellationToken).ConfigureAwait(false))
            {
            }

            await _reporter.ReportAsync(cancellationToken).ConfigureAwait(false);
            IReadOnlyList<ShardRow> open = await OpenAsync(cancellationToken).ConfigureAwait(false);
            if (open.Count == 0 && _active.IsEmpty)
                return;
            await _context.Pauses.RestAsync(changed, NextDue(open), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Notices that the run shall be cancelled, or that its deadline has passed.</summary>
    private async Task LookAtRunAsync(CancellationToken cancellationToken)
    {
        RunRow? run = await _context.Store.FindRunAsync(_context.Run.Name, cancellationToken).ConfigureAwait(false);
        if (run is null || run.Id != _context.Run.Id)
            throw new BatchRunException($"Run '{_context.Run.Name}' was deleted while it was being worked on.");

        bool mustCancel = run.State == RunState.Running && (run.CancelRequested || run.Deadline <= _context.Now);
        _context.Run = mustCancel
            ? await _context.Store.ApplyRunAsync(run, RunState.Cancelling, cancellationToken).ConfigureAwait(false) ?? run
            : run;
        if (_context.IsCancelling)
            _context.Stops.Cancel();
        if (mustCancel)
            _context.Changed.Set();
    }

    private async Task<bool> DispatchOneAsync(CancellationToken cancellationToken)
    {
        if (_active.Count >= _workers || await ClaimAsync(cancellationToken).ConfigureAwait(false) is not { } claim)
            return false;

        _context.Pauses.Begin();
        TaskCompletionSource begin = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _active[claim.Number] = WorkAsync(claim, begin.Task, cancellationToken);
        begin.SetResult();
        return true;
    }

    private async Task WorkAsync(ShardClaim claim, Task begin, CancellationToken cancellationToken)
    {
        await begin.ConfigureAwait(false);
        int freed = _context.Room.Freed;
        try
        {
            WorkEnd end = await _worker.RunAsync(claim, cancellationToken).ConfigureAwait(false);
            if (ReferenceEquals(end, WorkEnd.BudgetFull))
                _context.Room.Full(freed);
            else if (ReferenceEquals(end, WorkEnd.LeftUnclean))
                _unclean[claim.Number] = true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            _failed.TrySetException(exception);
        }
        finally
        {
            _active.TryRemove(claim.Number, out _);
            _context.Changed.Set();
            _context.Pauses.End();
        }
    }

    /// <summary>Until when the shard must wait for room; null when it need not.</summary>
    private DateTimeOffset? WaitsForRoomUntil(ShardRow shard) =>
        shard.Reserved is null && (shard.State & RunStops.ToBeSent) != 0 && !_context.IsCancelling ? _context.Room.FullUntil : null;

    /// <summary>What is nearest to its end first, then what holds a place, then the next of the plan.</summary>
    private async Task<ShardClaim?> ClaimAsync(CancellationToken cancellationToken)
    {
        foreach (ShardRow shard in (await BegunAsync(cancellationToken).ConfigureAwait(false)).OrderBy(Rank))
        {
            if (IsDue(shard) && WaitsForRoomUntil(shard) is null && await ClaimAsync(shard, cancellationToken).ConfigureAwait(false) is { } claim)
                return claim;
        }

        return _context.Room.FullUntil is not null && !_context.IsCancelling ? null : await ClaimPlannedAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What is open and was begun: it was sent, or at least holds a place.</summary>
    private async Task<IEnumerable<ShardRow>> BegunAsync(CancellationToken cancellationToken)
    {
        ShardState states = ShardState.All & ~ShardState.Created;
        if (!_mayPlannedHoldPlaces)
            return await OpenAsync(states & ~ShardState.Planned, cancellationToken).ConfigureAwait(false);

        IReadOnlyList<ShardRow> shards = await OpenAsync(states, cancellationToken).ConfigureAwait(false);
        _mayPlannedHoldPlaces = shards.Any(shard => shard.State == ShardState.Planned && shard.Reserved is not null);
        return shards.Where(shard => shard.State != ShardState.Planned || shard.Reserved is not null);
    }

    private async Task<ShardClaim?> ClaimPlannedAsync(CancellationToken cancellationToken)
    {
        if (_context.Stops.IsEmpty)
            return await _context.Store.ClaimNextAsync(
                _context.Run.Id, _context.Worker, LeaseKeeper.Lease, ShardState.Planned, cancellationToken).ConfigureAwait(false);

        // The store does not know which ones have stopped.
        IReadOnlyList<ShardRow> planned = await OpenAsync(ShardState.Planned, cancellationToken).ConfigureAwait(false);
        return planned.FirstOrDefault(IsDue) is { } next
            ? await ClaimAsync(next, cancellationToken).ConfigureAwait(false)
            : null;
    }

    private Task<ShardClaim?> ClaimAsync(ShardRow shard, CancellationToken cancellationToken) =>
        _context.Store.ClaimAsync(_context.Run.Id, shard.Number, _context.Worker, LeaseKeeper.Lease, cancellationToken);

    private bool IsDue(ShardRow shard) => !_active.ContainsKey(shard.Number) && !(shard.NotBefore > _context.Now)
        && !(shard.LeasedUntil > _context.Now);

    private static int Rank(ShardRow shard) => shard.State switch
    {
        ShardState.Terminal => 0,
        ShardState.Intent => 1,
        ShardState.Harvested => 2,
        _ => shard.Reserved is null ? 4 : 3,
    };

    /// <summary>The shards that something is still to be done for.</summary>
    private async Task<IReadOnlyList<ShardRow>> OpenAsync(CancellationToken cancellationToken) =>
        await OpenAsync(ShardState.All, cancellationToken).ConfigureAwait(false);

    private async Task<IReadOnlyList<ShardRow>> OpenAsync(ShardState among, CancellationToken cancellationToken)
    {
        ShardState states = RunStops.ToBeSent | ShardState.Intent | ShardState.Created | ShardState.Terminal;
        if (_context.Settings.Cleanup != BatchRunCleanup.None)
            states |= ShardState.Harvested;
        IReadOnlyList<ShardRow> shards = await _context.Store
            .ListShardsAsync(_context.Run.Id, states & among, cancellationToken).ConfigureAwait(false);
        return [.. shards.Where(shard => !_context.Stops.IsHeld(shard) && !_unclean.ContainsKey(shard.Number))];
    }

    /// <summary>When something may be due that no change announces; null for never.</summary>
    private TimeSpan? NextDue(IReadOnlyList<ShardRow> open)
    {
        DateTimeOffset? next = Earliest(_reporter.Due, _context.IsCancelling ? null : _context.Run.Deadline);
        // The end of a step is a change, and only then is there somebody for the next one.
        if (_active.Count >= _workers)
            return next - _context.Now;

        foreach (ShardRow shard in open.Where(shard => shard.State != ShardState.Created && !_active.ContainsKey(shard.Number)))
        {
            DateTimeOffset due = Latest(shard.NotBefore, shard.LeasedUntil, WaitsForRoomUntil(shard)) ?? _context.Now;
            next = Earliest(next, due);
        }

        return next - _context.Now;
    }

    private static DateTimeOffset? Earliest(DateTimeOffset? one, DateTimeOffset? other) => one > other ? other : one ?? other;

    private static DateTimeOffset? Latest(params ReadOnlySpan<DateTimeOffset?> times)
    {
        DateTimeOffset? latest = null;
        foreach (DateTimeOffset? time in times)
            latest = latest >= time ? latest : time ?? latest;
        return latest;
    }
}
