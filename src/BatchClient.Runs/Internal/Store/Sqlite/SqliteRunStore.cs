using System.Runtime.CompilerServices;

namespace BatchGateway.Runs.Internal;

/// <summary>The store in one SQLite file.</summary>
internal sealed class SqliteRunStore : IExclusiveStore
{
    // Between pages nothing is held open: a long read would keep the log from being emptied.
    private const int PageSize = 4096;

    private readonly SqliteFile _file;
    private readonly TimeProvider _clock;

    private SqliteRunStore(SqliteFile file, TimeProvider clock) => (_file, _clock) = (file, clock);

    /// <summary>Opens the store, which is made if it is not there.</summary>
    /// <exception cref="RunStoreException">It cannot be opened, or is not a store that this version knows.</exception>
    public static async Task<SqliteRunStore> OpenAsync(string path, TimeProvider clock, CancellationToken cancellationToken = default) =>
        new(await SqliteFile.OpenAsync(path, cancellationToken).ConfigureAwait(false), clock);

    public Task<RunRow> OpenRunAsync(string name, string? settings, TimeSpan? deadline, CancellationToken cancellationToken) => _file.WriteAsync(
        session =>
        {
            DateTimeOffset now = _clock.GetUtcNow();
            session.Execute(Sql.InsertRun, name, now.UtcTicks, (now + deadline)?.UtcTicks, settings);
            return session.First(Sql.RunByName, SqliteRows.Run, name)!;
        },
        cancellationToken);

    public Task<RunRow?> FindRunAsync(string name, CancellationToken cancellationToken) =>
        _file.ReadAsync(session => session.First(Sql.RunByName, SqliteRows.Run, name), cancellationToken);

    public async Task<IReadOnlyList<RunRow>> ListRunsAsync(CancellationToken cancellationToken) =>
        await _file.ReadAsync(session => session.All(Sql.Runs, SqliteRows.Run), cancellationToken).ConfigureAwait(false);

    public Task<SealResult> SealInputAsync(long run, InputSeal input, IReadOnlyList<NewShard> shards, CancellationToken cancellationToken) =>
        _file.WriteAsync(session => Seal(session, Require(session, run), input, shards), cancellationToken);

    public Task<RunRow?> ApplyRunAsync(RunRow run, RunState to, CancellationToken cancellationToken) => _file.WriteAsync(
        session =>
        {
            if (session.First(Sql.RunById, SqliteRows.Run, run.Id) is not { } stored || stored.Version != run.Version)
                return null;
            RunRow moved = Rules.Moved(stored, to, _clock.GetUtcNow());
            session.Update(moved);
            return moved;
        },
        cancellationToken);

    public Task<bool> RequestCancelAsync(long run, CancellationToken cancellationToken) => _file.WriteAsync(
        session =>
        {
            if (session.First(Sql.RunById, SqliteRows.Run, run) is not { } stored)
                return false;
            if (!stored.CancelRequested)
                session.Update(stored with { CancelRequested = true, Version = stored.Version + 1 });
            return true;
        },
        cancellationToken);

    public async Task<bool> DeleteRunAsync(long run, CancellationToken cancellationToken)
    {
        bool wasThere = await _file.WriteAsync(session => session.Execute(Sql.DeleteRun, run) > 0, cancellationToken).ConfigureAwait(false);
        await _file.EmptyLogAsync(CancellationToken.None).ConfigureAwait(false);
        return wasThere;
    }

    public async Task<IReadOnlyList<ShardRow>> ListShardsAsync(long run, ShardState states, CancellationToken cancellationToken) =>
        await _file.ReadAsync(session => session.All(Sql.Shards, SqliteRows.Shard, run, (int)states), cancellationToken).ConfigureAwait(false);

    public Task<ShardRow?> FindBatchAsync(string batchId, CancellationToken cancellationToken) => _file.ReadAsync(
        session => session.All(Sql.ShardOfBatch, row => (Run: row.GetInt64(0), Number: row.GetInt32(1)), batchId) is [var found]
            ? Find(session, found.Run, found.Number)
            : null,
        cancellationToken);

    public Task<ShardClaim?> ClaimNextAsync(long run, string worker, TimeSpan leaseFor, ShardState states, CancellationToken cancellationToken) =>
        _file.WriteAsync(session => ClaimNext(session, run, worker, leaseFor, states), cancellationToken);

    public Task<ShardClaim?> ClaimAsync(long run, int number, string worker, TimeSpan leaseFor, CancellationToken cancellationToken) =>
        _file.WriteAsync(session => Claim(session, Find(session, run, number), worker, leaseFor, _clock.GetUtcNow()), cancellationToken);

    public Task<bool> RenewAsync(ShardClaim claim, TimeSpan leaseFor, CancellationToken cancellationToken) =>
        ChangeAsync(claim, shard => Rules.Renewed(shard, claim, leaseFor, _clock.GetUtcNow()), cancellationToken);

    public Task<bool> ReleaseAsync(ShardClaim claim, TimeSpan? notBefore, CancellationToken cancellationToken) =>
        ChangeAsync(claim, shard => Rules.Released(shard, claim, notBefore, _clock.GetUtcNow()), cancellationToken);

    public Task ReleaseAllAsync(CancellationToken cancellationToken) =>
        _file.WriteAsync(session => session.Execute(Sql.ReleaseShards, (_clock.GetUtcNow() + Rules.LongestPause).UtcTicks), cancellationToken);

    public Task<ApplyResult> ApplyAsync(ShardClaim claim, ShardTransition transition, CancellationToken cancellationToken) =>
        _file.WriteAsync(session => Apply(session, claim, transition, cancellationToken), cancellationToken);

    public Task<bool> PermitsCreateAsync(ShardClaim claim, TimeSpan margin, CancellationToken cancellationToken) => _file.ReadAsync(
        session => Find(session, claim) is { } shard && Rules.PermitsCreate(shard, claim, margin, _clock.GetUtcNow()),
        cancellationToken);

    public Task<ReserveOutcome> ReserveAsync(ShardClaim claim, BudgetLimits limits, CancellationToken cancellationToken) => _file.WriteAsync(
        session =>
        {
            if (Find(session, claim) is not { } shard || shard.Fence != claim.Fence)
                return ReserveOutcome.Fenced;
            if (shard.Reserved is not null)
                return ReserveOutcome.AlreadyReserved;

            (int batches, long tokens) = session.All(Sql.Budget, row => (row.GetInt32(0), row.GetInt64(1)), claim.Run)[0];
            if (!limits.HasRoomFor(shard.Tokens, batches, tokens))
                return ReserveOutcome.Full;
            session.Update(shard with { Reserved = shard.Tokens });
            return ReserveOutcome.Reserved;
        },
        cancellationToken);

    public async IAsyncEnumerable<LineOutcome> ReadOutcomesAsync(
        long run, long fromLine, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<LineOutcome> page;
        do
        {
            page = await OutcomesAsync(run, fromLine, cancellationToken).ConfigureAwait(false);
            foreach (LineOutcome outcome in page)
                yield return outcome;
            fromLine = page.Count == 0 ? fromLine : page[^1].Line + 1;
        }
        while (page.Count == PageSize);
    }

    public Task<RunCounts> CountsAsync(long run, CancellationToken cancellationToken) => _file.ReadAsync(
        session =>
        {
            Dictionary<BatchOutcomeKind, long> lines = session.All(Sql.Tallies, SqliteRows.Tally, run).ToDictionary();
            RunCounts counts = new() { Lines = lines };
            return session.First(Sql.Totals, row => SqliteRows.Totals(row, counts), run) ?? counts;
        },
        cancellationToken);

    public async IAsyncEnumerable<ShardEvent> ReadEventsAsync(
        long run, long afterSequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<ShardEvent> page;
        do
        {
            page = await EventsAsync(run, afterSequence, cancellationToken).ConfigureAwait(false);
            foreach (ShardEvent applied in page)
                yield return applied;
            afterSequence = page.Count == 0 ? afterSequence : page[^1].Sequence;
        }
        while (page.Count == PageSize);
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private Task<List<LineOutcome>> OutcomesAsync(long run, long from, CancellationToken cancellationToken) =>
        _file.ReadAsync(session => session.All(Sql.OutcomesFrom, SqliteRows.Outcome, run, from, PageSize), cancellationToken);

    private Task<List<ShardEvent>> EventsAsync(long run, long after, CancellationToken cancellationToken) =>
        _file.ReadAsync(session => session.All(Sql.EventsAfter, SqliteRows.Event, run, after, PageSize), cancellationToken);

    private static SealResult Seal(SqliteSession session, RunRow run, InputSeal input, IReadOnlyList<NewShard> shards)
    {
        if (run.Input is { } stored)
            return new SealResult(stored == input ? SealOutcome.AlreadySealed : SealOutcome.Conflict, input, stored);

        session.Update(Rules.Sealed(run, input, shards));
        long firstLine = 0;
        for (int i = 0; i < shards.Count; i++)
        {
            session.Insert(Rules.Planned(run.Id, i + 1, shards[i], parent: null, firstLine));
            firstLine += shards[i].Lines;
        }

        return new SealResult(SealOutcome.Sealed, input, input);
    }

    private ShardClaim? ClaimNext(SqliteSession session, long run, string worker, TimeSpan leaseFor, ShardState states)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        ShardRow? due = session.First(Sql.NextDueShard, SqliteRows.Shard, run, (int)states, now.UtcTicks);
        return Claim(session, due, worker, leaseFor, now);
    }

    private static ShardClaim? Claim(SqliteSession session, ShardRow? shard, string worker, TimeSpan leaseFor, DateTimeOffset now)
    {
        if (shard is null || !Rules.IsDue(shard, now))
            return null;
        ShardClaim claim = Rules.Claimed(shard, worker, leaseFor, now);
        session.Update(claim.Shard);
        return claim;
    }

    private Task<bool> ChangeAsync(ShardClaim claim, Func<ShardRow, ShardRow?> change, CancellationToken cancellationToken) => _file.WriteAsync(
        session =>
        {
            if (Find(session, claim) is not { } shard || change(shard) is not { } changed)
                return false;
            session.Update(changed);
            return true;
        },
        cancellationToken);

    private ApplyResult Apply(SqliteSession session, ShardClaim claim, ShardTransition transition, CancellationToken cancellationToken)
    {
        if (Find(session, claim) is not { } shard)
            return new ApplyResult(ApplyOutcome.Fenced, claim.Shard);
        if (session.Number(Sql.HasCommand, shard.Run, shard.Number, transition.Command) > 0)
            return new ApplyResult(ApplyOutcome.AlreadyApplied, shard);

        DateTimeOffset now = _clock.GetUtcNow();
        ApplyOutcome outcome = Rules.Judge(shard, claim, transition, now);
        if (outcome != ApplyOutcome.Applied)
            return new ApplyResult(outcome, shard);

        ShardRow applied = Rules.Applied(shard, transition, now);
        session.Update(applied);
        session.InsertEvent(shard.State, applied, transition.Command, now);
        AddShards(session, shard, transition.NewShards);
        new SqliteOutcomes(session, shard, Require(session, shard.Run).Input!.Lines).Write(transition.Outcomes, cancellationToken);
        return new ApplyResult(ApplyOutcome.Applied, applied);
    }

    private static void AddShards(SqliteSession session, ShardRow parent, IReadOnlyList<NewShard> shards)
    {
        int last = shards.Count == 0 ? 0 : (int)session.Number(Sql.LastShard, parent.Run);
        for (int i = 0; i < shards.Count; i++)
            session.Insert(Rules.Planned(parent.Run, last + i + 1, shards[i], parent.Number, firstLine: null));
    }

    private static RunRow Require(SqliteSession session, long run) =>
        session.First(Sql.RunById, SqliteRows.Run, run) ?? throw new InvalidOperationException($"There is no run {run}: it was deleted.");

    private static ShardRow? Find(SqliteSession session, ShardClaim claim) => Find(session, claim.Run, claim.Number);

    private static ShardRow? Find(SqliteSession session, long run, int number) => session.First(Sql.Shard, SqliteRows.Shard, run, number);
}
