namespace BatchGateway;

/// <summary>A client that owns its connections: <see cref="IBatchClient"/> without a container. Thread-safe.</summary>
public sealed class OwnedBatchClient : IBatchClient, IDisposable
{
    private readonly IBatchClient _client;
    private readonly IDisposable _owner;

    internal OwnedBatchClient(IBatchClient client, IDisposable owner)
    {
        _client = client;
        _owner = owner;
    }

    /// <inheritdoc/>
    public IBatchesApi Batches => _client.Batches;

    /// <inheritdoc/>
    public IFilesApi Files => _client.Files;

    /// <inheritdoc/>
    public Task<PreparedBatch> PrepareAsync(
        IAsyncEnumerable<BatchRequestLine> lines, SubmitOptions? options = null, CancellationToken cancellationToken = default) =>
        _client.PrepareAsync(lines, options, cancellationToken);

    /// <inheritdoc/>
    public Task<PreparedBatch> PrepareAsync(
        IEnumerable<BatchRequestLine> lines, SubmitOptions? options = null, CancellationToken cancellationToken = default) =>
        _client.PrepareAsync(lines, options, cancellationToken);

    /// <inheritdoc/>
    public Task<BatchOperation> SubmitAsync(
        IAsyncEnumerable<BatchRequestLine> lines, SubmitOptions? options = null, CancellationToken cancellationToken = default) =>
        _client.SubmitAsync(lines, options, cancellationToken);

    /// <inheritdoc/>
    public Task<BatchOperation> SubmitAsync(
        IEnumerable<BatchRequestLine> lines, SubmitOptions? options = null, CancellationToken cancellationToken = default) =>
        _client.SubmitAsync(lines, options, cancellationToken);

    /// <inheritdoc/>
    public Task<PreparedBatch> PrepareAsync(BatchRequestFile file, SubmitOptions? options = null, CancellationToken cancellationToken = default) =>
        _client.PrepareAsync(file, options, cancellationToken);

    /// <inheritdoc/>
    public Task<BatchOperation> SubmitAsync(BatchRequestFile file, SubmitOptions? options = null, CancellationToken cancellationToken = default) =>
        _client.SubmitAsync(file, options, cancellationToken);

    /// <inheritdoc/>
    public BatchOperation Attach(BatchReference reference) => _client.Attach(reference);

    /// <inheritdoc/>
    public BatchOperation Attach(string batchId, BatchCallOptions? options = null) => _client.Attach(batchId, options);

    /// <summary>Closes the connections. Calls that are under way come to their end, later ones throw <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose() => _owner.Dispose();
}
