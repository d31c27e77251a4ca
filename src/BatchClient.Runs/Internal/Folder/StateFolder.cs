namespace BatchGateway.Runs.Internal;

/// <summary>
/// The folder that a process keeps its runs in, and the lock that keeps others out of it. The lock ends with the process, however that ends.
/// </summary>
internal sealed class StateFolder : IDisposable
{
    private const string LockName = "lock";
    private const string HolderName = "holder.json";
    private const string StoreName = "runs.db";
    private const string BlobsName = "blobs";

    // The lock belongs to the open file: the file itself stays, for a deleted one could be locked by one process and made anew by another.
    private readonly FileStream _lock;

    private StateFolder(string path, FileStream held) => (FullPath, _lock) = (path, held);

    public string FullPath { get; }

    public string StorePath => Path.Combine(FullPath, StoreName);

    public string BlobsPath => Path.Combine(FullPath, BlobsName);

    /// <summary>Opens the folder, which is made if it is not there, for this process alone.</summary>
    /// <exception cref="StateFolderException">Somebody uses it, or it cannot be used; the message says who, or why.</exception>
    public static StateFolder Open(string path, TimeProvider clock)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string fullPath = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(fullPath))
            throw new StateFolderException($"The state folder '{fullPath}' is a file. No run was started. Name a folder.");

        try
        {
            DurableFolder.Ensure(fullPath);
            return Locked(fullPath, clock);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FolderFailure.Explain(fullPath, exception);
        }
    }

    public void Dispose()
    {
        // Nobody is named who has let go. A killed process leaves its name, which the next one overwrites.
        string holder = Path.Combine(FullPath, HolderName);
        if (File.Exists(holder))
            File.Delete(holder);
        _lock.Dispose();
    }

    private static StateFolder Locked(string path, TimeProvider clock)
    {
        FileStream held = Take(path);
        try
        {
            string holder = Path.Combine(path, HolderName);
            RefuseTwin(path, FolderHolder.Read(holder));
            FolderHolder.Me(path, clock).Write(holder);
            return new StateFolder(path, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Refuses a folder whose holder lives, although the lock was free: a copy that was made while it was in use, or a file system that has no locks.
    /// </summary>
    private static void RefuseTwin(string path, FolderHolder? holder)
    {
        if (holder?.IsAliveBesideMe == true)
            throw holder.Folder == path ? FolderFailure.InUse(path, holder) : FolderFailure.CopyInUse(path, holder);
    }

    private static FileStream Take(string path)
    {
        try
        {
            return new FileStream(Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (FolderFailure.IsHeldByAnother(exception))
        {
            throw FolderFailure.InUse(path, FolderHolder.Read(Path.Combine(path, HolderName)), exception);
        }
    }
}
