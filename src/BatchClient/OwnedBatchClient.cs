namespace BatchGateway;

/// <summary>A client that owns its connections: <see cref="IBatchClient"/> without a container. Thread-safe.</summary>
public sealed class OwnedBatchClient : IBatchClient, IDisposable
{
    private readonly IBatchClient client;
    private readonly IDisposable owner;

    internal OwnedBatchClient(IBatchClient client, IDisposable owner)
    {
        this.client = client;
        this.owner = owner;
    }

    /// <inheritdoc/>
    public IBatchesApi Batches => client.Batches;

    /// <inheritdoc/>
    public IFilesApi Files => client.Files;

    /// <inheritdoc/>
    public Task<PreparedBatch> PrepareAsync(
        IAsyncEnumerable<BatchRequestLine> lines, SubmitOptions? options = null, CancellationToken cancellationToken = default) =>
        client.PrepareAsync(lines, options, cancellationToken);

    /// <inheritdoc/>
    public Task<PreparedBatch> PrepareAsync(
        IEnumerable<BatchRequestLine> lines, SubmitOptions? options = null, CancellationToken cancellationToken = default) =>
        client.PrepareAsync(lines, options, cancellationToken);

    /// <inheritdoc/>
    public Task<BatchOperation> SubmitAsync(
        IAsyncEnumerable<BatchRequestLine> lines, SubmitOptions? options = null, CancellationToken cancellationToken = default) =>
        client.SubmitAsync(lines, options, cancellationToken);

    /// <inheritdoc/>
    public Task<BatchOperation> SubmitAsync(
        IEnumerable<BatchRequestLine> lines, SubmitOptions? options = null, CancellationToken cancellationToken = default) =>
        client.SubmitAsync(lines, options, cancellationToken);

    /// <inheritdoc/>
    public BatchOperation Attach(BatchReference reference) => client.Attach(reference);

    /// <inheritdoc/>
    public BatchOperation Attach(string batchId, BatchCallOptions? options = null) => client.Attach(batchId, options);

    /// <summary>Closes the connections. Calls that are under way fail.</summary>
    public void Dispose() => owner.Dispose();
}
