
using BatchGateway.Internal.Http;

namespace BatchGateway.Internal.Endpoints;

/// <summary>The batch calls, a line each: method, path, body, and how the answer is read.</summary>
internal sealed class BatchesApi : IBatchesApi
{
    private readonly GatewayTransport _transport;

    public BatchesApi(GatewayTransport transport) => _transport = transport;

    /// <summary>What the calls sign in with.</summary>
    public TokenSource Tokens => new(_transport.Options);

    public Task<Batch> CreateAsync(CreateBatchRequest request, BatchCallOptions? options, CancellationToken cancellationToken) =>
        _transport.SendAsync(Calls.CreateBatch(request, options, _transport.Options.TimeProvider), AnswerReader.ReadBatch, cancellationToken);

    public Task<Batch> GetAsync(string batchId, BatchCallOptions? options, CancellationToken cancellationToken) =>
        _transport.SendAsync(Calls.GetBatch(batchId, options), AnswerReader.ReadBatch, cancellationToken);

    public Task<ListPage<Batch>> ListPageAsync(string? after, int? limit, BatchCallOptions? options, CancellationToken cancellationToken) =>
        _transport.SendAsync(Calls.ListBatches(after, limit, options), AnswerReader.ReadBatches, cancellationToken);

    public Task<Batch> CancelAsync(string batchId, BatchCallOptions? options, CancellationToken cancellationToken) =>
        _transport.SendAsync(Calls.CancelBatch(batchId, options), AnswerReader.ReadBatch, cancellationToken);
}
