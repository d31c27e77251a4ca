using Microsoft.Data.Sqlite;

namespace BatchGateway.Runs.Internal;

/// <summary>Rows from and to columns, in the order of <see cref="Sql"/>.</summary>
internal static class SqliteRows
{
    public static RunRow Run(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Name = row.GetString(1),
        State = (RunState)row.GetInt32(2),
        Version = row.GetInt64(3),
        CancelRequested = row.GetBoolean(4),
        Input = row.IsDBNull(5) ? null : new InputSeal(row.GetString(5), row.GetInt64(6), row.GetInt64(7)),
        CreatedAt = Instant(row.GetInt64(8)),
        Deadline = InstantOrNull(row, 9),
        EndedAt = InstantOrNull(row, 10),
        Settings = TextOrNull(row, 11),
    };

    public static ShardRow Shard(SqliteDataReader row) => new()
    {
        Run = row.GetInt64(0),
        Number = row.GetInt32(1),
        Attempt = row.GetInt32(2),
        Parent = (int?)NumberOrNull(row, 3),
        FirstLine = NumberOrNull(row, 4),
        Lines = row.GetInt64(5),
        Bytes = row.GetInt64(6),
        Tokens = row.GetInt64(7),
        Blob = row.GetString(8),
        State = (ShardState)row.GetInt32(9),
        Version = row.GetInt64(10),
        Fence = row.GetInt64(11),
        Worker = TextOrNull(row, 12),
        LeasedUntil = InstantOrNull(row, 13),
        NotBefore = InstantOrNull(row, 14),
        IntentFence = NumberOrNull(row, 15),
        Reserved = NumberOrNull(row, 16),
        BatchId = TextOrNull(row, 17),
        Facts = TextOrNull(row, 18),
    };

    public static ShardEvent Event(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetInt32(2), row.GetInt64(3), row.GetString(4), (ShardState)row.GetInt32(5),
        (ShardState)row.GetInt32(6), TextOrNull(row, 7), TextOrNull(row, 8), Instant(row.GetInt64(9)));

    public static LineOutcome Outcome(SqliteDataReader row) => new()
    {
        Line = row.GetInt64(1),
        Kind = (BatchOutcomeKind)row.GetInt32(2),
        Attempt = row.GetInt32(3),
        Shard = row.GetInt32(4),
        File = row.GetInt32(5),
        Offset = row.GetInt64(6),
        Length = row.GetInt32(7),
        StatusCode = (int?)NumberOrNull(row, 8),
        InputTokens = row.GetInt32(9),
        OutputTokens = row.GetInt32(10),
    };

    public static KeyValuePair<BatchOutcomeKind, long> Tally(SqliteDataReader row) => new((BatchOutcomeKind)row.GetInt32(0), row.GetInt64(1));

    public static RunCounts Totals(SqliteDataReader row, RunCounts counts) =>
        counts with { Duplicates = row.GetInt64(0), InputTokens = row.GetInt64(1), OutputTokens = row.GetInt64(2) };

    public static void Update(this SqliteSession session, RunRow run) => session.Execute(
        Sql.UpdateRun, (int)run.State, run.Version, run.CancelRequested, run.Input?.Hash, run.Input?.Lines, run.Input?.Bytes,
        run.EndedAt?.UtcTicks, run.Id);

    public static void Insert(this SqliteSession session, ShardRow shard) => session.Execute(
        Sql.InsertShard, shard.Run, shard.Number, shard.Attempt, shard.Parent, shard.FirstLine, shard.Lines, shard.Bytes, shard.Tokens, shard.Blob,
        (int)shard.State, shard.Version, shard.Fence, shard.Facts);

    public static void Update(this SqliteSession session, ShardRow shard) => session.Execute(
        Sql.UpdateShard, (int)shard.State, shard.Version, shard.Fence, shard.Worker, shard.LeasedUntil?.UtcTicks, shard.NotBefore?.UtcTicks,
        shard.IntentFence, shard.Reserved, shard.BatchId, shard.Facts, shard.Run, shard.Number);

    public static void InsertEvent(this SqliteSession session, ShardState from, ShardRow shard, string command, DateTimeOffset at) => session.Execute(
        Sql.InsertEvent, shard.Run, shard.Number, shard.Version, command, (int)from, (int)shard.State, shard.BatchId, shard.Facts, at.UtcTicks);

    private static DateTimeOffset Instant(long ticks) => new(ticks, TimeSpan.Zero);

    private static DateTimeOffset? InstantOrNull(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : Instant(row.GetInt64(column));

    private static long? NumberOrNull(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    private static string? TextOrNull(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
