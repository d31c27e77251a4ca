namespace BatchGateway.Runs.Internal;

/// <summary>The tables, as the list of steps that lead to them. A step that was released is never changed: another one is added.</summary>
internal static class Schema
{
    private const string First = """
        CREATE TABLE runs (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            state INTEGER NOT NULL,
            version INTEGER NOT NULL,
            cancel_requested INTEGER NOT NULL,
            input_hash TEXT,
            input_lines INTEGER,
            input_bytes INTEGER,
            created_at INTEGER NOT NULL,
            deadline INTEGER,
            ended_at INTEGER,
            settings TEXT,
            duplicates INTEGER NOT NULL DEFAULT 0,
            input_tokens INTEGER NOT NULL DEFAULT 0,
            output_tokens INTEGER NOT NULL DEFAULT 0
        ) STRICT;

        CREATE TABLE shards (
            run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            attempt INTEGER NOT NULL,
            parent INTEGER,
            first_line INTEGER,
            lines INTEGER NOT NULL,
            bytes INTEGER NOT NULL,
            tokens INTEGER NOT NULL,
            blob TEXT NOT NULL,
            state INTEGER NOT NULL,
            version INTEGER NOT NULL,
            fence INTEGER NOT NULL,
            worker TEXT,
            leased_until INTEGER,
            not_before INTEGER,
            intent_fence INTEGER,
            reserved INTEGER,
            batch_id TEXT,
            facts TEXT,
            PRIMARY KEY (run, number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE events (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            run INTEGER NOT NULL,
            shard INTEGER NOT NULL,
            version INTEGER NOT NULL,
            command TEXT NOT NULL,
            from_state INTEGER NOT NULL,
            to_state INTEGER NOT NULL,
            batch_id TEXT,
            facts TEXT,
            at INTEGER NOT NULL,
            UNIQUE (run, shard, command),
            FOREIGN KEY (run, shard) REFERENCES shards (run, number) ON DELETE CASCADE
        ) STRICT;

        CREATE INDEX events_of_run ON events (run);
        CREATE INDEX events_of_batch ON events (batch_id) WHERE batch_id IS NOT NULL;

        CREATE TABLE outcomes (
            run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
            line INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            attempt INTEGER NOT NULL,
            shard INTEGER NOT NULL,
            file INTEGER NOT NULL,
            offset INTEGER NOT NULL,
            length INTEGER NOT NULL,
            status INTEGER,
            input_tokens INTEGER NOT NULL,
            output_tokens INTEGER NOT NULL,
            PRIMARY KEY (run, line)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE tallies (
            run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
            kind INTEGER NOT NULL,
            lines INTEGER NOT NULL,
            PRIMARY KEY (run, kind)
        ) STRICT, WITHOUT ROWID;

        PRAGMA user_version = 1;
        """;

    /// <summary>The step at an index leads from the version of that number to the next one, and writes it.</summary>
    public static readonly IReadOnlyList<string> Steps = [First];

    public static int Version => Steps.Count;
}
