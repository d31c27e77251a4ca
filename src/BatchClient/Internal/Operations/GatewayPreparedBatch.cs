using System.Diagnostics.CodeAnalysis;
using System.Net;
using BatchGateway.Internal.Diagnostics;
using BatchGateway.Internal.Http;

namespace BatchGateway.Internal.Operations;

/// <summary>One intent: it becomes at most one batch.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle holds nothing to give back.")]
internal sealed class GatewayPreparedBatch : PreparedBatch
{
    private const int MostMetadata = 16;

    private readonly OperationContext _context;
    private readonly BatchIntent _intent;
    private readonly CreateBatchRequest _request;
    private readonly TimeSpan _reconcileFor;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private GatewayBatchOperation? _created;
    private AmbiguousCreateException? _ambiguous;
    private bool _isDiscarded;

    public GatewayPreparedBatch(OperationContext context, BatchIntent intent, CreateBatchRequest request, long lineCount, TimeSpan reconcileFor)
    {
        _context = context;
        _intent = intent;
        _request = request;
        _reconcileFor = reconcileFor;
        LineCount = lineCount;
    }

    public override BatchReference Reference => _created?.Reference ?? _context.References.Of(_intent);

    public override BatchFile InputFile => _intent.File;

    public override long LineCount { get; }

    public override async Task<BatchOperation> CreateAsync(CancellationToken cancellationToken = default)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_created is not null)
                throw new InvalidOperationException($"The batch was created already: '{_created.BatchId}'. Prepare the lines again to run them a second time.");

            if (_isDiscarded)
                throw new InvalidOperationException("The uploaded file was deleted (DiscardAsync). Prepare the lines again.");

            Batch batch = _ambiguous is null
                ? await CreateOnceAsync(cancellationToken).ConfigureAwait(false)
                : await ReconcileAsync(_ambiguous, cancellationToken).ConfigureAwait(false);
            _created = new GatewayBatchOperation(_context, _context.References.Of(_intent) with { BatchId = batch.Id }, _intent.Options, batch);
            return _created;
        }
        finally
        {
            _gate.Release();
        }
    }

    public override async Task DiscardAsync(CancellationToken cancellationToken = default)
    {
        // A create that is on its way needs the file.
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_created is not null || _ambiguous is not null)
                throw new InvalidOperationException("The batch was created, or may have been: its input file must stay.");

            _isDiscarded = true;
            await _context.Files.DeleteAsync(_intent.File.Id, _intent.Options, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Deletes the file as part of giving up: it is certain that there is no batch, and nobody else knows of the file.</summary>
    public Task CleanUpAsync() => _context.TryDeleteAsync(_intent.File, _intent.Options);

    private async Task<Batch> CreateOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (AmbiguousCreateException exception)
        {
            _ambiguous = exception;
            return await ReconcileAsync(exception, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (BatchClientException or OperationCanceledException or ArgumentException))
        {
            // A log or a listener of the application's threw after the call: what became of the create is not known here.
            _ambiguous = Unknown(exception);
            return await ReconcileAsync(_ambiguous, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Batch> SendAsync(CancellationToken cancellationToken)
    {
        CreateBatchRequest marked = WithToken();
        try
        {
            return await _context.Batches.CreateAsync(marked, _intent.CreateOptions(), cancellationToken).ConfigureAwait(false);
        }
        catch (BatchApiException exception) when (!ReferenceEquals(marked, _request) && RefusesMetadata(exception))
        {
            // A definite refusal: there is no batch, and without the token in the metadata there may be one.
            return await _context.Batches.CreateAsync(_request, _intent.CreateOptions(), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Batch> ReconcileAsync(AmbiguousCreateException exception, CancellationToken cancellationToken)
    {
        IReadOnlyList<Batch> found = await FindAsync(exception, cancellationToken).ConfigureAwait(false);
        if (found is [var batch])
        {
            _context.Logger.CreateReconciled(batch.Id, _intent.File.Id);
            return batch;
        }

        throw found.Count == 0 ? exception : Undecided(exception, found);
    }

    private async Task<IReadOnlyList<Batch>> FindAsync(AmbiguousCreateException exception, CancellationToken cancellationToken)
    {
        try
        {
            return await new CreateReconciler(_context.Batches, _context.Clock)
                .FindAsync(_context.References.Of(_intent), _intent.Options, _reconcileFor, cancellationToken, _intent.EarlierBatches).ConfigureAwait(false);
        }
        catch (Exception search) when (search is OperationCanceledException or BatchClientException)
        {
            // What matters to the caller is not how the search ended but that the create is open.
            throw exception;
        }
    }

    private CreateBatchRequest WithToken()
    {
        if (_request.Metadata?.Count >= MostMetadata)
            return _request;

        Dictionary<string, string> metadata = new(_request.Metadata ?? new Dictionary<string, string>()) { [IntentToken.MetadataKey] = _intent.Token };
        return _request with { Metadata = metadata };
    }

    private static bool RefusesMetadata(BatchApiException exception) => exception.StatusCode == HttpStatusCode.BadRequest
        && (Names(exception.Error.Param) || Names(exception.Error.Message));

    private static bool Names(string? text) => text?.Contains("metadata", StringComparison.OrdinalIgnoreCase) == true;

    private AmbiguousCreateException Unknown(Exception exception) => new(
        _intent.File.Id,
        $"It is not known whether a batch was created for input file '{_intent.File.Id}': {exception.GetType().Name} came from the application's own code around the "
        + "call, such as its log. Look for a batch of this file in the gateway's list or console before the lines are sent again.",
        exception)
    {
        Endpoint = _request.Endpoint,
        Provider = _context.References.Of(_intent).Provider,
        SentAt = _context.Clock.GetUtcNow(),
        Intent = _intent.Token,
    };

    private static AmbiguousCreateException Undecided(AmbiguousCreateException exception, IReadOnlyList<Batch> found) => new(
        exception.InputFileId,
        $"{found.Count} batches of input file '{exception.InputFileId}' were found, and which of them this create made is not known: "
        + $"{string.Join(", ", found.Select(batch => batch.Id))}. Attach to the right one.",
        exception)
    {
        Endpoint = exception.Endpoint,
        Provider = exception.Provider,
        SentAt = exception.SentAt,
        Intent = exception.Intent,
        StatusCode = exception.StatusCode,
        RequestId = exception.RequestId,
        Candidates = found,
    };
}
