using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace BatchGateway.Runs.Internal;

/// <summary>One connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed partial class SqliteSession : IDisposable
{
    // SQLite's own waiting for another writer, and the provider's around it: the longer one counts, in seconds.
    private const int BusySeconds = 10;

    private readonly Dictionary<string, SqliteCommand> _prepared = [];
    private readonly Dictionary<string, SqliteLineStatement> _forLines = [];
    private readonly SqliteConnection _connection;

    // The provider would look for the native library's binding by name, which trimming may have taken away.
    static SqliteSession() => SQLitePCL.Batteries_V2.Init();

    private SqliteSession(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens the file for writing; it is made if it is not there. Nothing is changed in it before <see cref="WriteDurably"/>.</summary>
    public static SqliteSession Write(string path) => Open(path, SqliteOpenMode.ReadWriteCreate);

    /// <summary>Opens the file for reading; it must be there.</summary>
    public static SqliteSession Read(string path) => Open(path, SqliteOpenMode.ReadWrite);

    /// <summary>From now on a commit is on disk before it is acknowledged, and readers are not kept waiting.</summary>
    public void WriteDurably()
    {
        using (SqliteCommand journal = _connection.CreateCommand())
        {
            journal.CommandText = "PRAGMA journal_mode = WAL";
            if (journal.ExecuteScalar() is not "wal")
                throw new RunStoreException($"'{_connection.DataSource}' cannot keep a write-ahead log there. Use a folder on a local disk.");
        }

        // What is deleted is overwritten: it may have been private.
        Run("PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA journal_size_limit = 8388608; PRAGMA cache_size = -8000");
    }

    /// <summary>Does the work in one transaction, which leaves nothing behind when the work fails.</summary>
    public T InTransaction<T>(string begin, Func<SqliteSession, T> work)
    {
        Execute(begin);
        try
        {
            T result = work(this);
            Execute(Sql.Commit);
            return result;
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    /// <summary>Runs statements that are not kept prepared.</summary>
    public void Run(string script)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = script;
        command.ExecuteNonQuery();
    }

    /// <summary>The number of rows that were changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Bound(sql, values).ExecuteNonQuery();

    /// <summary>The first row, or null.</summary>
    public T? First<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
        where T : class
    {
        using SqliteDataReader reader = Bound(sql, values).ExecuteReader();
        return reader.Read() ? read(reader) : null;
    }

    /// <summary>Every row.</summary>
    public List<T> All<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        List<T> rows = [];
        using SqliteDataReader reader = Bound(sql, values).ExecuteReader();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>The number in the first column of the first row; 0 when there is no row.</summary>
    public long Number(string sql, params ReadOnlySpan<object?> values) => Bound(sql, values).ExecuteScalar() is long number ? number : 0;

    /// <summary>The statement for one line after another.</summary>
    public SqliteLineStatement ForLines(string sql)
    {
        if (!_forLines.TryGetValue(sql, out SqliteLineStatement? statement))
            _forLines[sql] = statement = new SqliteLineStatement(_connection.Handle!, sql);
        return statement;
    }

    public void Dispose()
    {
        foreach (SqliteLineStatement statement in _forLines.Values)
            statement.Dispose();
        foreach (SqliteCommand command in _prepared.Values)
            command.Dispose();
        _connection.Dispose();
    }

    private static SqliteSession Open(string path, SqliteOpenMode mode)
    {
        // The pool would keep files open that the store has let go of.
        SqliteConnectionStringBuilder settings = new()
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            ForeignKeys = true,
            DefaultTimeout = BusySeconds,
        };
        SqliteSession session = new(new SqliteConnection(settings.ToString()));
        try
        {
            session._connection.Open();
            session.Run("PRAGMA busy_timeout = 10000");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private SqliteCommand Bound(string sql, ReadOnlySpan<object?> values)
    {
        SqliteCommand command = Prepared(sql);
        for (int i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    private SqliteCommand Prepared(string sql)
    {
        if (_prepared.TryGetValue(sql, out SqliteCommand? command))
            return command;

        command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (string name in ParameterName().Matches(sql).Select(match => match.Value).Distinct())
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        command.Prepare();
        return _prepared[sql] = command;
    }

    // Some failures end the transaction by themselves; what failed first is what the caller must hear of.
    private void RollBack()
    {
        try
        {
            Execute(Sql.Rollback);
        }
        catch (SqliteException)
        {
        }
    }

    [GeneratedRegex(@"\$\w+")]
    private static partial Regex ParameterName();
}
