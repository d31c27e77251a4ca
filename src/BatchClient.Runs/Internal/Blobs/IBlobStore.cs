namespace BatchGateway.Runs.Internal;

/// <summary>
/// Where the bytes of runs are kept: input, shard files, results. A blob appears under its name whole or not at all. Names are small letters, digits,
/// '-' and '_', in parts divided by '/': <c>result/12/output</c>.
/// </summary>
internal interface IBlobStore
{
    /// <summary>Begins a blob that nobody sees until it is published.</summary>
    Task<IBlobWriter> CreateAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>
    /// A stream that can seek, for reading in large pieces; it goes on reading what it was opened on when the blob is replaced or deleted.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no such blob.</exception>
    Task<Stream> OpenAsync(string name, CancellationToken cancellationToken = default);

    Task<bool> ExistsAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>
    /// What stands behind these parts in the names of blobs, up to the next '/', each once and in no order: <c>12</c> behind <c>result</c>. It may
    /// name what was deleted by now.
    /// </summary>
    Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken = default);

    /// <summary>Deletes a blob, if it is there.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>
    /// Deletes every blob whose name begins with these parts: <c>result/12</c> is for <c>result/12/output</c>, not for <c>result/123</c>.
    /// </summary>
    Task DeleteAllAsync(string prefix, CancellationToken cancellationToken = default);
}
