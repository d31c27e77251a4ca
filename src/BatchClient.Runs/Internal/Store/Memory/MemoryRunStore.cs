using System.Runtime.CompilerServices;

namespace BatchGateway.Runs.Internal;

/// <summary>The store for runs that need not outlive the process: the same contract, under one lock.</summary>
internal sealed class MemoryRunStore(TimeProvider clock) : IExclusiveStore
{
    private readonly object _gate = new();
    private readonly SortedDictionary<long, MemoryRun> _runs = [];
    private long _lastRun;
    private long _lastEvent;

    public Task<RunRow> OpenRunAsync(string name, string? settings, TimeSpan? deadline, CancellationToken cancellationToken) =>
        Locked(() => (Named(name) ?? Add(name, settings, deadline)).Row, cancellationToken);

    public Task<RunRow?> FindRunAsync(string name, CancellationToken cancellationToken) => Locked(() => Named(name)?.Row, cancellationToken);

    public Task<IReadOnlyList<RunRow>> ListRunsAsync(CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<RunRow>>(() => [.. _runs.Values.Select(run => run.Row)], cancellationToken);

    public Task<SealResult> SealInputAsync(long run, InputSeal input, IReadOnlyList<NewShard> shards, CancellationToken cancellationToken) =>
        Locked(() => Seal(Require(run), input, shards), cancellationToken);

    public Task<RunRow?> ApplyRunAsync(RunRow run, RunState to, CancellationToken cancellationToken) => Locked(
        () => Find(run.Id) is { } found && found.Row.Version == run.Version ? found.Row = Rules.Moved(found.Row, to, clock.GetUtcNow()) : null,
        cancellationToken);

    public Task<bool> RequestCancelAsync(long run, CancellationToken cancellationToken) => Locked(
        () =>
        {
            if (Find(run) is not { } found)
                return false;
            if (!found.Row.CancelRequested)
                found.Row = found.Row with { CancelRequested = true, Version = found.Row.Version + 1 };
            return true;
        },
        cancellationToken);

    public Task<bool> DeleteRunAsync(long run, CancellationToken cancellationToken) => Locked(() => _runs.Remove(run), cancellationToken);

    public Task<IReadOnlyList<ShardRow>> ListShardsAsync(long run, ShardState states, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<ShardRow>>(() => (Find(run)?.Shards ?? []).FindAll(shard => (shard.State & states) != 0), cancellationToken);

    public Task<ShardRow?> FindBatchAsync(string batchId, CancellationToken cancellationToken) => Locked(
        () => _runs.Values.SelectMany(run => run.Events).Where(applied => applied.BatchId == batchId).MaxBy(applied => applied.Sequence) is { } last
            ? Find(last.Run)?.Find(last.Shard)
            : null,
        cancellationToken);

    public Task<ShardClaim?> ClaimNextAsync(long run, string worker, TimeSpan leaseFor, ShardState states, CancellationToken cancellationToken) =>
        Locked(() => ClaimNext(run, worker, leaseFor, states), cancellationToken);

    public Task<ShardClaim?> ClaimAsync(long run, int number, string worker, TimeSpan leaseFor, CancellationToken cancellationToken) =>
        Locked(() => Claim(Find(run)?.Find(number), worker, leaseFor, clock.GetUtcNow()), cancellationToken);

    public Task<bool> RenewAsync(ShardClaim claim, TimeSpan leaseFor, CancellationToken cancellationToken) =>
        ChangeAsync(claim, shard => Rules.Renewed(shard, claim, leaseFor, clock.GetUtcNow()), cancellationToken);

    public Task<bool> ReleaseAsync(ShardClaim claim, TimeSpan? notBefore, CancellationToken cancellationToken) =>
        ChangeAsync(claim, shard => Rules.Released(shard, claim, notBefore, clock.GetUtcNow()), cancellationToken);

    public Task ReleaseAllAsync(CancellationToken cancellationToken) => Locked(
        () =>
        {
            foreach (MemoryRun run in _runs.Values)
                run.Shards.ToList().ForEach(shard => run.Update(Rules.Freed(shard, clock.GetUtcNow())));
            return true;
        },
        cancellationToken);

    public Task<ApplyResult> ApplyAsync(ShardClaim claim, ShardTransition transition, CancellationToken cancellationToken) =>
        Locked(() => Apply(claim, transition, cancellationToken), cancellationToken);

    public Task<bool> PermitsCreateAsync(ShardClaim claim, TimeSpan margin, CancellationToken cancellationToken) => Locked(
        () => Find(claim) is { } shard && Rules.PermitsCreate(shard, claim, margin, clock.GetUtcNow()),
        cancellationToken);

    public Task<ReserveOutcome> ReserveAsync(ShardClaim claim, BudgetLimits limits, CancellationToken cancellationToken) =>
        Locked(() => Reserve(claim, limits), cancellationToken);

    public async IAsyncEnumerable<LineOutcome> ReadOutcomesAsync(
        long run, long fromLine, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long lines = await Locked(() => Find(run)?.Row.Input?.Lines ?? 0, cancellationToken).ConfigureAwait(false);
        for (long line = fromLine; line < lines; line++)
        {
            if (await Locked(() => Find(run)?.OutcomeOf(line), cancellationToken).ConfigureAwait(false) is { } outcome)
                yield return outcome;
        }
    }

    public Task<RunCounts> CountsAsync(long run, CancellationToken cancellationToken) => Locked(
        () => Find(run)?.Counts ?? new RunCounts { Lines = new Dictionary<BatchOutcomeKind, long>() },
        cancellationToken);

    public async IAsyncEnumerable<ShardEvent> ReadEventsAsync(
        long run, long afterSequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Task<List<ShardEvent>> events = Locked(
            () => (Find(run)?.Events ?? []).FindAll(applied => applied.Sequence > afterSequence), cancellationToken);
        foreach (ShardEvent applied in await events.ConfigureAwait(false))
            yield return applied;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private MemoryRun Add(string name, string? settings, TimeSpan? deadline)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return _runs[++_lastRun] = new MemoryRun(new RunRow
        {
            Id = _lastRun,
            Name = name,
            Version = 1,
            Settings = settings,
            CreatedAt = now,
            Deadline = now + deadline,
        });
    }

    private static SealResult Seal(MemoryRun run, InputSeal input, IReadOnlyList<NewShard> shards)
    {
        if (run.Row.Input is { } stored)
            return new SealResult(stored == input ? SealOutcome.AlreadySealed : SealOutcome.Conflict, input, stored);

        run.Row = Rules.Sealed(run.Row, input, shards);
        long firstLine = 0;
        foreach (NewShard shard in shards)
        {
            run.Plan(shard, parent: null, firstLine);
            firstLine += shard.Lines;
        }

        return new SealResult(SealOutcome.Sealed, input, input);
    }

    private ShardClaim? ClaimNext(long run, string worker, TimeSpan leaseFor, ShardState states)
    {
        DateTimeOffset now = clock.GetUtcNow();
        ShardRow? due = Find(run)?.Shards.Find(shard => (shard.State & states) != 0 && Rules.IsDue(shard, now));
        return Claim(due, worker, leaseFor, now);
    }

    private ShardClaim? Claim(ShardRow? shard, string worker, TimeSpan leaseFor, DateTimeOffset now)
    {
        if (shard is null || !Rules.IsDue(shard, now))
            return null;
        ShardClaim claim = Rules.Claimed(shard, worker, leaseFor, now);
        Require(shard.Run).Update(claim.Shard);
        return claim;
    }

    private Task<bool> ChangeAsync(ShardClaim claim, Func<ShardRow, ShardRow?> change, CancellationToken cancellationToken) => Locked(
        () =>
        {
            if (Find(claim) is not { } shard || change(shard) is not { } changed)
                return false;
            Require(shard.Run).Update(changed);
            return true;
        },
        cancellationToken);

    private ApplyResult Apply(ShardClaim claim, ShardTransition transition, CancellationToken cancellationToken)
    {
        if (Find(claim.Run) is not { } run || run.Find(claim.Number) is not { } shard)
            return new ApplyResult(ApplyOutcome.Fenced, claim.Shard);
        if (run.HasApplied(shard.Number, transition.Command))
            return new ApplyResult(ApplyOutcome.AlreadyApplied, shard);

        DateTimeOffset now = clock.GetUtcNow();
        ApplyOutcome outcome = Rules.Judge(shard, claim, transition, now);
        if (outcome != ApplyOutcome.Applied)
            return new ApplyResult(outcome, shard);

        // What can fail comes before what changes.
        List<LineOutcome> outcomes = Read(transition.Outcomes, shard, run.Row.Input!.Lines, cancellationToken);
        ShardRow applied = Rules.Applied(shard, transition, now);
        run.Update(applied);
        run.Add(new ShardEvent(
            ++_lastEvent, applied.Run, applied.Number, applied.Version, transition.Command, shard.State, applied.State,
            applied.BatchId, applied.Facts, now));
        foreach (NewShard added in transition.NewShards)
            run.Plan(added, shard.Number, firstLine: null);
        foreach (LineOutcome placed in outcomes)
            run.Add(placed);
        return new ApplyResult(ApplyOutcome.Applied, applied);
    }

    private static List<LineOutcome> Read(IEnumerable<LineOutcome> outcomes, ShardRow shard, long lines, CancellationToken cancellationToken)
    {
        List<LineOutcome> placed = [];
        foreach (LineOutcome outcome in outcomes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            placed.Add(Rules.Placed(outcome, shard, lines));
        }

        return placed;
    }

    private ReserveOutcome Reserve(ShardClaim claim, BudgetLimits limits)
    {
        if (Find(claim) is not { } shard || shard.Fence != claim.Fence)
            return ReserveOutcome.Fenced;
        if (shard.Reserved is not null)
            return ReserveOutcome.AlreadyReserved;

        MemoryRun run = Require(shard.Run);
        List<ShardRow> holders = run.Shards.FindAll(other => other.Reserved is not null);
        if (!limits.HasRoomFor(shard.Tokens, holders.Count, holders.Sum(other => other.Reserved!.Value)))
            return ReserveOutcome.Full;
        run.Update(shard with { Reserved = shard.Tokens });
        return ReserveOutcome.Reserved;
    }

    private MemoryRun? Named(string name) => _runs.Values.FirstOrDefault(run => run.Row.Name == name);

    private MemoryRun? Find(long run) => _runs.GetValueOrDefault(run);

    private ShardRow? Find(ShardClaim claim) => Find(claim.Run)?.Find(claim.Number);

    private MemoryRun Require(long run) => Find(run) ?? throw new InvalidOperationException($"There is no run {run}: it was deleted.");

    private Task<T> Locked<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        try
        {
            lock (_gate)
                return Task.FromResult(work());
        }
        catch (Exception exception)
        {
            return Task.FromException<T>(exception);
        }
    }
}
