namespace BatchGateway.Runs.Internal;

/// <summary>The open state folder: its lock, its store and its blobs.</summary>
internal sealed class RunsState : IAsyncDisposable
{
    private readonly StateFolder _folder;

    private RunsState(StateFolder folder, IRunStore store, IBlobStore blobs) => (_folder, Store, Blobs) = (folder, store, blobs);

    public string Path => _folder.FullPath;

    public IRunStore Store { get; }

    public IBlobStore Blobs { get; }

    /// <exception cref="StateFolderException">Somebody else uses the folder, or it cannot be used.</exception>
    /// <exception cref="RunStoreException">The store cannot be opened.</exception>
    public static async Task<RunsState> OpenAsync(
        string path, TimeProvider clock, BatchRunsOptions options, CancellationToken cancellationToken)
    {
        StateFolder folder = StateFolder.Open(path, clock);
        SqliteRunStore? store = null;
        try
        {
            store = await SqliteRunStore.OpenAsync(folder.StorePath, clock, cancellationToken).ConfigureAwait(false);
            // Whoever held a lease held the lock of the folder as well, and holds neither any more.
            await store.ReleaseAllAsync(cancellationToken).ConfigureAwait(false);
            FolderBlobs blobs = FolderBlobs.Open(folder.BlobsPath);
            await BlobSweep.RunAsync(store, blobs, cancellationToken).ConfigureAwait(false);
            return new RunsState(folder, options.StoreSeam?.Invoke(store) ?? store, options.BlobSeam?.Invoke(blobs) ?? blobs);
        }
        catch (Exception exception)
        {
            if (store is not null)
                await store.DisposeAsync().ConfigureAwait(false);
            folder.Dispose();
            if (exception is IOException or UnauthorizedAccessException)
                throw FolderFailure.Explain(folder.FullPath, exception);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync().ConfigureAwait(false);
        _folder.Dispose();
    }
}
