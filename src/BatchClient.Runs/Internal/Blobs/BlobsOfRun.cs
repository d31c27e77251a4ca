namespace BatchGateway.Runs.Internal;

/// <summary>The blobs of one run, by names that other runs may have as well.</summary>
internal sealed class BlobsOfRun(IBlobStore blobs, long run) : IBlobStore
{
    /// <summary>What the names of all blobs of all runs begin with.</summary>
    public const string Folder = "run";

    /// <summary>What the names of all blobs of a run begin with.</summary>
    public static string Prefix(long run) => $"{Folder}/{run}";

    public Task<IBlobWriter> CreateAsync(string name, CancellationToken cancellationToken) => blobs.CreateAsync(Full(name), cancellationToken);

    public Task<Stream> OpenAsync(string name, CancellationToken cancellationToken) => blobs.OpenAsync(Full(name), cancellationToken);

    public Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) => blobs.ExistsAsync(Full(name), cancellationToken);

    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken) =>
        blobs.ListAsync(Full(prefix), cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => blobs.DeleteAsync(Full(name), cancellationToken);

    public Task DeleteAllAsync(string prefix, CancellationToken cancellationToken) => blobs.DeleteAllAsync(Full(prefix), cancellationToken);

    private string Full(string name) => $"{Prefix(run)}/{name}";
}
