using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace BatchGateway.Runs.Internal;

/// <summary>The file of the store: one writer at a time, and readers that nobody waits for.</summary>
internal sealed class SqliteFile : IAsyncDisposable
{
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly SqliteSession _writer;
    private readonly string _path;
    private volatile bool _isClosed;

    private SqliteFile(string path, SqliteSession writer) => (_path, _writer) = (path, writer);

    /// <summary>Opens the file and brings it to the present schema.</summary>
    /// <exception cref="RunStoreException">It cannot be opened, or is not a store that this version knows.</exception>
    public static Task<SqliteFile> OpenAsync(string path, CancellationToken cancellationToken) =>
        Task.Run(() => Guarded(path, () => Open(path)), cancellationToken);

    /// <summary>Does the work in one durable transaction.</summary>
    public async Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            // SQLite waits for the disk with the thread that calls it: that need not be the caller's.
            Func<T> transaction = () => _writer.InTransaction(Sql.BeginWrite, work);
            return await Task.Run(() => Guarded(_path, transaction), CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>
    /// Takes what the log holds into the file and empties it, so that nothing is left of what was deleted. A long read may stand in the way; then it
    /// is left to a later time.
    /// </summary>
    public async Task EmptyLogAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            await Task.Run(() => Guarded(_path, () => _writer.Number(Sql.EmptyLog)), CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Does the work on one state of the file, whatever is written meanwhile.</summary>
    public Task<T> ReadAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) =>
        Task.Run(() => Guarded(_path, () => Read(work)), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_isClosed)
                return;
            _isClosed = true;
            CloseReaders();
            _writer.Dispose();
        }
        finally
        {
            _writing.Release();
        }
    }

    private T Read<T>(Func<SqliteSession, T> work)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        SqliteSession reader = _readers.TryTake(out SqliteSession? idle) ? idle : SqliteSession.Read(_path);
        try
        {
            return reader.InTransaction(Sql.BeginRead, work);
        }
        finally
        {
            _readers.Add(reader);
            if (_isClosed)
                CloseReaders();
        }
    }

    private void CloseReaders()
    {
        while (_readers.TryTake(out SqliteSession? reader))
            reader.Dispose();
    }

    private static SqliteFile Open(string path)
    {
        SqliteSession writer = SqliteSession.Write(path);
        try
        {
            // What is not ours stays as it is: the log is a change already.
            writer.InTransaction(Sql.BeginRead, session => RequireKnown(path, session));
            writer.WriteDurably();
            writer.InTransaction(Sql.BeginWrite, session => Upgrade(path, session));
            return new SqliteFile(path, writer);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    private static long Upgrade(string path, SqliteSession session)
    {
        long version = RequireKnown(path, session);
        foreach (string step in Schema.Steps.Skip((int)version))
            session.Run(step);
        return version;
    }

    private static long RequireKnown(string path, SqliteSession session)
    {
        long version = session.Number(Sql.SchemaVersion);
        if (version > Schema.Version)
        {
            throw new RunStoreException(
                $"'{path}' was written by a newer version of BatchClient.Runs: its schema is {version}, this version knows {Schema.Version}. "
                + "Nothing was changed. Use the newer version, or another state folder.");
        }

        if (version == 0 && session.Number(Sql.CountTables) > 0)
            throw new RunStoreException($"'{path}' is a database of something else. Nothing was changed. Use another state folder.");
        return version;
    }

    private static T Guarded<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException exception)
        {
            throw SqliteFailure.Explain(path, exception);
        }
    }
}
