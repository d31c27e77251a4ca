namespace BatchGateway.Runs.Internal;

/// <summary>Blobs as files below one folder, which one process at a time uses.</summary>
internal sealed class FolderBlobs : IBlobStore
{
    // A name has no dots, so neither of these is ever part of one. The extension lets a blob stand beside blobs below its name.
    private const string Unfinished = ".new";
    private const string Extension = ".blob";

    private readonly string _root;
    private readonly string _unfinished;

    private FolderBlobs(string root) => (_root, _unfinished) = (root, Path.Combine(root, Unfinished));

    /// <summary>Opens the folder, which is made if it is not there. What a crash left unpublished is removed.</summary>
    public static FolderBlobs Open(string folder)
    {
        FolderBlobs blobs = new(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        DurableFolder.Ensure(blobs._root);
        if (Directory.Exists(blobs._unfinished))
            Directory.Delete(blobs._unfinished, recursive: true);
        Directory.CreateDirectory(blobs._unfinished);
        return blobs;
    }

    // The file system has no other way than to wait for it: that is left to a thread of the pool.
    public Task<IBlobWriter> CreateAsync(string name, CancellationToken cancellationToken) =>
        Task.Run<IBlobWriter>(() => new FolderBlobWriter(_root, PathOf(name), NewUnfinished()), cancellationToken);

    public Task<Stream> OpenAsync(string name, CancellationToken cancellationToken) => Task.Run(() => Open(name, PathOf(name)), cancellationToken);

    public Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) => Task.Run(() => File.Exists(PathOf(name)), cancellationToken);

    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken) =>
        Task.Run(() => List(prefix), cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => Task.Run(() => DeleteFile(PathOf(name)), cancellationToken);

    public Task DeleteAllAsync(string prefix, CancellationToken cancellationToken) => Task.Run(() => DeleteAll(prefix), cancellationToken);

    private string PathOf(string name)
    {
        BlobName.Require(name);
        return Path.Combine(_root, name) + Extension;
    }

    private string NewUnfinished() => Path.Combine(_unfinished, Guid.NewGuid().ToString("N"));

    private IReadOnlyList<string> List(string prefix)
    {
        BlobName.Require(prefix);
        DirectoryInfo folder = new(Path.Combine(_root, prefix));
        return folder.Exists ? [.. folder.EnumerateFileSystemInfos().Select(entry => Path.GetFileNameWithoutExtension(entry.Name)).Distinct()] : [];
    }

    private void DeleteAll(string prefix)
    {
        DeleteFile(PathOf(prefix));
        string folder = Path.Combine(_root, prefix);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private static Stream Open(string name, string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.Asynchronous);
        }
        catch (DirectoryNotFoundException exception)
        {
            throw new FileNotFoundException($"There is no blob '{name}'.", exception);
        }
    }

    private static void DeleteFile(string path)
    {
        if (File.Exists(path))
            File.Delete(path);
    }
}
