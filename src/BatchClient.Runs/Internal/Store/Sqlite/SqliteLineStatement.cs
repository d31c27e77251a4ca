using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace BatchGateway.Runs.Internal;

/// <summary>
/// A statement that is run for every line of an input. The provider would make a dozen objects for each: here the values go to SQLite as they are.
/// </summary>
internal sealed class SqliteLineStatement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;

    /// <param name="connection">Where it runs.</param>
    /// <param name="sql">Names the run and then the columns of an outcome.</param>
    public SqliteLineStatement(sqlite3 connection, string sql)
    {
        _connection = connection;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(connection, sql, out _statement), connection);
    }

    /// <summary>Whether a row was written.</summary>
    public bool Run(long run, in LineOutcome outcome)
    {
        Bind(run, outcome);
        int result = raw.sqlite3_step(_statement);
        // Resetting repeats the failure of the step, which is thrown here.
        SqliteException.ThrowExceptionForRC(raw.sqlite3_reset(_statement), _connection);
        return result == raw.SQLITE_DONE && raw.sqlite3_changes(_connection) > 0;
    }

    public void Dispose() => _statement.Dispose();

    private void Bind(long run, in LineOutcome outcome)
    {
        Bind(1, run);
        Bind(2, outcome.Line);
        Bind(3, (int)outcome.Kind);
        Bind(4, outcome.Attempt);
        Bind(5, outcome.Shard);
        Bind(6, outcome.File);
        Bind(7, outcome.Offset);
        Bind(8, outcome.Length);
        Bind(9, outcome.StatusCode);
        Bind(10, outcome.InputTokens);
        Bind(11, outcome.OutputTokens);
    }

    private void Bind(int index, long? value) => SqliteException.ThrowExceptionForRC(
        value is { } number ? raw.sqlite3_bind_int64(_statement, index, number) : raw.sqlite3_bind_null(_statement, index), _connection);
}
