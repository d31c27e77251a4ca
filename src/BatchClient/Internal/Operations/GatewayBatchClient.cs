using BatchGateway.Internal.Endpoints;
using BatchGateway.Internal.Http;
using BatchGateway.Internal.Lines;
using Microsoft.Extensions.Logging;

namespace BatchGateway.Internal.Operations;

/// <summary>The client behind the front door: floor 1 over one transport, floor 2 over floor 1.</summary>
internal sealed class GatewayBatchClient : IBatchClient
{
    private readonly OperationContext _context;

    public GatewayBatchClient(GatewayTransport transport, ILogger logger)
    {
        Batches = new BatchesApi(transport);
        Files = new FilesApi(transport);
        _context = new OperationContext(
            Batches, Files, new References(transport.Headers), transport.Options.TimeProvider, transport.Options.NetworkClock, logger);
    }

    public IBatchesApi Batches { get; }

    public IFilesApi Files { get; }

    public async Task<PreparedBatch> PrepareAsync(
        IAsyncEnumerable<BatchRequestLine> lines, SubmitOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lines);
        options ??= new SubmitOptions();
        BatchCallOptions call = BatchCallOptions.Copy(options.Call);
        IRequestSource source = await SourceAsync(lines, options, cancellationToken).ConfigureAwait(false);
        return await UploadAsync(source, options, call, cancellationToken).ConfigureAwait(false);
    }

    public async Task<PreparedBatch> PrepareAsync(BatchRequestFile file, SubmitOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        options ??= new SubmitOptions();
        return await UploadAsync(new RequestFileSource(file), options, BatchCallOptions.Copy(options.Call), cancellationToken).ConfigureAwait(false);
    }

    public async Task<BatchOperation> SubmitAsync(
        IAsyncEnumerable<BatchRequestLine> lines, SubmitOptions? options, CancellationToken cancellationToken) =>
        await CreateAsync(await PrepareAsync(lines, options, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    public async Task<BatchOperation> SubmitAsync(BatchRequestFile file, SubmitOptions? options, CancellationToken cancellationToken) =>
        await CreateAsync(await PrepareAsync(file, options, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    public BatchOperation Attach(BatchReference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (reference is { BatchId: null, InputFileId: null })
            throw new ArgumentException("The reference names neither a batch nor an input file.", nameof(reference));

        return new GatewayBatchOperation(_context, reference, References.OptionsOf(reference), latest: null);
    }

    public BatchOperation Attach(string batchId, BatchCallOptions? options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(batchId);
        BatchCallOptions own = BatchCallOptions.Copy(options);
        return new GatewayBatchOperation(_context, _context.References.Of(own) with { BatchId = batchId }, own, latest: null);
    }

    private static async Task<IRequestSource> SourceAsync(
        IAsyncEnumerable<BatchRequestLine> lines, SubmitOptions options, CancellationToken cancellationToken)
    {
        BatchLimits limits = options.Limits ?? new BatchLimits();
        return options.UploadOnce
            ? new RequestStream(lines, limits, cancellationToken)
            : await RequestSpool.WriteAsync(lines, limits, cancellationToken).ConfigureAwait(false);
    }

    private async Task<GatewayPreparedBatch> UploadAsync(
        IRequestSource source, SubmitOptions options, BatchCallOptions call, CancellationToken cancellationToken)
    {
        await using (source.ConfigureAwait(false))
        {
            BatchIntent intent = await new InputUpload(_context).RunAsync(source, call, options.UploadProgress, cancellationToken).ConfigureAwait(false);
            BatchEndpoint endpoint = source.Endpoint == default ? options.Endpoint : source.Endpoint;
            return new GatewayPreparedBatch(_context, intent, CreateRequest(intent, endpoint, options), source.LineCount, options.ReconcileFor);
        }
    }

    private static async Task<BatchOperation> CreateAsync(PreparedBatch prepared, CancellationToken cancellationToken)
    {
        try
        {
            return await prepared.CreateAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or (BatchClientException and not AmbiguousCreateException))
        {
            // There is no batch, and nobody but us knows of its file. Any other exception, of a log or a listener, says nothing about the batch.
            await ((GatewayPreparedBatch)prepared).CleanUpAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static CreateBatchRequest CreateRequest(BatchIntent intent, BatchEndpoint endpoint, SubmitOptions options) => new()
    {
        InputFileId = intent.File.Id,
        Endpoint = endpoint,
        CompletionWindow = options.CompletionWindow,
        JobName = options.JobName,
        OutputExpiresAfter = options.OutputExpiresAfter,
        Metadata = options.Metadata.Count == 0 ? null : new Dictionary<string, string>(options.Metadata),
    };
}
