using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Runs.Tests.Support;

/// <summary>An application's own layer over the calls about batches: it passes on what is public, and nothing else.</summary>
internal sealed class OwnLayer(IBatchesApi inner) : IBatchesApi
{
    /// <summary>Puts it between the runs and the client that is registered.</summary>
    public static void AddTo(IServiceCollection services)
    {
        ServiceDescriptor client = services.Last(service => service.ServiceType == typeof(IBatchClient));
        services.AddSingleton<IBatchClient>(provider => new Client((IBatchClient)client.ImplementationFactory!(provider)));
    }

    public Task<Batch> CreateAsync(CreateBatchRequest request, BatchCallOptions? options, CancellationToken cancellationToken) =>
        inner.CreateAsync(request, BatchCallOptions.Copy(options), cancellationToken);

    public Task<Batch> GetAsync(string batchId, BatchCallOptions? options, CancellationToken cancellationToken) =>
        inner.GetAsync(batchId, BatchCallOptions.Copy(options), cancellationToken);

    public Task<ListPage<Batch>> ListPageAsync(string? after, int? limit, BatchCallOptions? options, CancellationToken cancellationToken) =>
        inner.ListPageAsync(after, limit, BatchCallOptions.Copy(options), cancellationToken);

    public Task<Batch> CancelAsync(string batchId, BatchCallOptions? options, CancellationToken cancellationToken) =>
        inner.CancelAsync(batchId, BatchCallOptions.Copy(options), cancellationToken);

    private sealed class Client(IBatchClient inner) : IBatchClient
    {
        public IBatchesApi Batches { get; } = new OwnLayer(inner.Batches);

        public IFilesApi Files => inner.Files;

        public Task<PreparedBatch> PrepareAsync(
            IAsyncEnumerable<BatchRequestLine> lines, SubmitOptions? options, CancellationToken cancellationToken) =>
            inner.PrepareAsync(lines, options, cancellationToken);

        public Task<PreparedBatch> PrepareAsync(BatchRequestFile file, SubmitOptions? options, CancellationToken cancellationToken) =>
            inner.PrepareAsync(file, options, cancellationToken);

        public Task<BatchOperation> SubmitAsync(
            IAsyncEnumerable<BatchRequestLine> lines, SubmitOptions? options, CancellationToken cancellationToken) =>
            inner.SubmitAsync(lines, options, cancellationToken);

        public Task<BatchOperation> SubmitAsync(BatchRequestFile file, SubmitOptions? options, CancellationToken cancellationToken) =>
            inner.SubmitAsync(file, options, cancellationToken);

        public BatchOperation Attach(BatchReference reference) => inner.Attach(reference);

        public BatchOperation Attach(string batchId, BatchCallOptions? options) => inner.Attach(batchId, options);
    }
}
