namespace BatchGateway.Runs.Internal;

/// <summary>Every statement of the store. Values are bound in the order in which a statement first names them.</summary>
internal static class Sql
{
    private const string RunColumns =
        "id, name, state, version, cancel_requested, input_hash, input_lines, input_bytes, created_at, deadline, ended_at, settings";

    private const string ShardColumns =
        "run, number, attempt, parent, first_line, lines, bytes, tokens, blob, state, version, fence, worker, leased_until, not_before, "
        + "intent_fence, reserved, batch_id, facts";

    private const string EventColumns = "sequence, run, shard, version, command, from_state, to_state, batch_id, facts, at";

    private const string OutcomeColumns = "run, line, kind, attempt, shard, file, offset, length, status, input_tokens, output_tokens";

    public const string BeginWrite = "BEGIN IMMEDIATE";

    public const string BeginRead = "BEGIN DEFERRED";

    public const string Commit = "COMMIT";

    public const string Rollback = "ROLLBACK";

    public const string EmptyLog = "PRAGMA wal_checkpoint(TRUNCATE)";

    public const string SchemaVersion = "PRAGMA user_version";

    public const string CountTables = "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table'";

    public const string InsertRun = """
        INSERT INTO runs (name, state, version, cancel_requested, created_at, deadline, settings)
        VALUES ($name, 0, 1, 0, $created_at, $deadline, $settings)
        ON CONFLICT (name) DO NOTHING
        """;

    public const string RunByName = $"SELECT {RunColumns} FROM runs WHERE name = $name";

    public const string RunById = $"SELECT {RunColumns} FROM runs WHERE id = $id";

    public const string Runs = $"SELECT {RunColumns} FROM runs ORDER BY id";

    public const string UpdateRun = """
        UPDATE runs SET state = $state, version = $version, cancel_requested = $cancel_requested,
            input_hash = $input_hash, input_lines = $input_lines, input_bytes = $input_bytes, ended_at = $ended_at
        WHERE id = $id
        """;

    public const string DeleteRun = "DELETE FROM runs WHERE id = $id";

    public const string InsertShard = """
        INSERT INTO shards (run, number, attempt, parent, first_line, lines, bytes, tokens, blob, state, version, fence, facts)
        VALUES ($run, $number, $attempt, $parent, $first_line, $lines, $bytes, $tokens, $blob, $state, $version, $fence, $facts)
        """;

    public const string LastShard = "SELECT COALESCE(MAX(number), 0) FROM shards WHERE run = $run";

    public const string Shard = $"SELECT {ShardColumns} FROM shards WHERE run = $run AND number = $number";

    public const string Shards = $"SELECT {ShardColumns} FROM shards WHERE run = $run AND (state & $states) <> 0 ORDER BY number";

    public const string NextDueShard = $"""
        SELECT {ShardColumns} FROM shards
        WHERE run = $run AND (state & $states) <> 0
            AND (not_before IS NULL OR not_before <= $now) AND (leased_until IS NULL OR leased_until <= $now)
        ORDER BY number LIMIT 1
        """;

    public const string UpdateShard = """
        UPDATE shards SET state = $state, version = $version, fence = $fence, worker = $worker, leased_until = $leased_until,
            not_before = $not_before, intent_fence = $intent_fence, reserved = $reserved, batch_id = $batch_id, facts = $facts
        WHERE run = $run AND number = $number
        """;

    public const string ReleaseShards = """
        UPDATE shards SET worker = NULL, leased_until = NULL, not_before = CASE WHEN not_before > $latest THEN NULL ELSE not_before END
        WHERE leased_until IS NOT NULL OR not_before > $latest
        """;

    public const string ShardOfBatch = "SELECT run, shard FROM events WHERE batch_id = $batch_id ORDER BY sequence DESC LIMIT 1";

    public const string Budget = "SELECT COUNT(*), COALESCE(SUM(reserved), 0) FROM shards WHERE run = $run AND reserved IS NOT NULL";

    public const string InsertEvent = """
        INSERT INTO events (run, shard, version, command, from_state, to_state, batch_id, facts, at)
        VALUES ($run, $shard, $version, $command, $from_state, $to_state, $batch_id, $facts, $at)
        """;

    public const string HasCommand = "SELECT 1 FROM events WHERE run = $run AND shard = $shard AND command = $command";

    public const string EventsAfter = $"SELECT {EventColumns} FROM events WHERE run = $run AND sequence > $after ORDER BY sequence LIMIT $limit";

    public const string InsertOutcome = $"""
        INSERT INTO outcomes ({OutcomeColumns})
        VALUES ($run, $line, $kind, $attempt, $shard, $file, $offset, $length, $status, $input_tokens, $output_tokens)
        ON CONFLICT (run, line) DO NOTHING
        """;

    public const string ReplaceOutcome = $"""
        REPLACE INTO outcomes ({OutcomeColumns})
        VALUES ($run, $line, $kind, $attempt, $shard, $file, $offset, $length, $status, $input_tokens, $output_tokens)
        """;

    public const string Outcome = $"SELECT {OutcomeColumns} FROM outcomes WHERE run = $run AND line = $line";

    public const string OutcomesFrom = $"SELECT {OutcomeColumns} FROM outcomes WHERE run = $run AND line >= $from ORDER BY line LIMIT $limit";

    public const string AddToTally =
        "INSERT INTO tallies (run, kind, lines) VALUES ($run, $kind, $lines) ON CONFLICT (run, kind) DO UPDATE SET lines = lines + excluded.lines";

    public const string AddToTotals =
        "UPDATE runs SET duplicates = duplicates + $duplicates, input_tokens = input_tokens + $input, output_tokens = output_tokens + $output "
        + "WHERE id = $id";

    public const string Tallies = "SELECT kind, lines FROM tallies WHERE run = $run AND lines > 0";

    public const string Totals = "SELECT duplicates, input_tokens, output_tokens FROM runs WHERE id = $id";
}
