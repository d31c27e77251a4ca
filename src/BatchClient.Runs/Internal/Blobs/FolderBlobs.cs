namespace BatchGateway.Runs.Internal;

/// <summary>Blobs as files below one folder, which one process at a time uses.</summary>
internal sealed class FolderBlobs : IBlobStore
{
    // A part of a name has no capital letters: neither of these can be one.
    private const string Unfinished = "New";
    private const string Extension = ".Blob";

    private readonly string _root;
    private readonly string _unfinished;

    private FolderBlobs(string root) => (_root, _unfinished) = (root, Path.Combine(root, Unfinished));

    /// <summary>Opens the folder, which is made if it is not there. What a crash left unpublished is removed.</summary>
    public static FolderBlobs Open(string folder)
    {
        FolderBlobs blobs = new(Path.GetFullPath(folder));
        DurableFolder.Create(blobs._root);
        if (Directory.Exists(blobs._unfinished))
            Directory.Delete(blobs._unfinished, recursive: true);
        DurableFolder.Create(blobs._unfinished);
        return blobs;
    }

    public Task<IBlobWriter> CreateAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IBlobWriter>(new FolderBlobWriter(PathOf(name), Path.Combine(_unfinished, Guid.NewGuid().ToString("N"))));
    }

    public Task<Stream> OpenAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult<Stream>(new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.Asynchronous));
        }
        catch (DirectoryNotFoundException exception)
        {
            throw new FileNotFoundException($"There is no blob '{name}'.", exception);
        }
    }

    public Task<bool> ExistsAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(File.Exists(PathOf(name)));
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DeleteFile(PathOf(name));
        return Task.CompletedTask;
    }

    public Task DeleteAllAsync(string prefix, CancellationToken cancellationToken)
    {
        BlobName.Require(prefix);
        return Task.Run(() => DeleteTree(Path.Combine(_root, prefix)), cancellationToken);
    }

    private string PathOf(string name)
    {
        BlobName.Require(name);
        return Path.Combine(_root, name) + Extension;
    }

    private static void DeleteTree(string folder)
    {
        DeleteFile(folder + Extension);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private static void DeleteFile(string path)
    {
        if (File.Exists(path))
            File.Delete(path);
    }
}
