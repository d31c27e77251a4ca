using Microsoft.Data.Sqlite;

namespace BatchGateway.Runs.Internal;

/// <summary>What SQLite could not do, in the words of somebody who has to do something about it.</summary>
internal static class SqliteFailure
{
    // Of sqlite3.h.
    private const int Busy = 5;
    private const int ReadOnly = 8;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    // The index of the log could not grow: on a full disk that comes before the log itself.
    private const int NoRoomForIndex = 4874;

    public static RunStoreException Explain(string path, SqliteException failure) => new($"{What(path, failure)} ({failure.Message})", failure);

    private static string What(string path, SqliteException failure) => failure switch
    {
        { SqliteErrorCode: Full } or { SqliteExtendedErrorCode: NoRoomForIndex } => $"There is no room to write '{path}'. What was written before stands. Make room and resume.",
        { SqliteErrorCode: ReadOnly } => $"'{path}' cannot be written. What was written before stands. Give this process the right to write the file and its folder.",
        { SqliteErrorCode: Corrupt } => $"'{path}' is damaged. Nothing more was written to it. Restore the state folder from a copy; batches that it knew may still run.",
        { SqliteErrorCode: NotADatabase } => $"'{path}' is no store of runs, or its beginning is damaged. Nothing was changed. Restore it, or use another state folder.",
        { SqliteErrorCode: Busy } => $"'{path}' is being written by somebody else. Nothing was changed. Only one process at a time works on a state folder.",
        { SqliteErrorCode: CannotOpen } => $"'{path}' cannot be opened. Check that its folder exists and that this process may write to it.",
        _ => $"'{path}' could not be read or written. What was acknowledged before stands. Check the disk and resume.",
    };
}
