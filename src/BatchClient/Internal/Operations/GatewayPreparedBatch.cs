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

    private static readonly HashSet<string> NoneKnown = [];

    private readonly OperationContext context;
    private readonly BatchIntent intent;
    private readonly CreateBatchRequest request;
    private readonly TimeSpan reconcileFor;
    private readonly SemaphoreSlim gate = new(1, 1);
    private GatewayBatchOperation? created;
    private AmbiguousCreateException? ambiguous;

    public GatewayPreparedBatch(OperationContext context, BatchIntent intent, CreateBatchRequest request, long lineCount, TimeSpan reconcileFor)
    {
        this.context = context;
        this.intent = intent;
        this.request = request;
        this.reconcileFor = reconcileFor;
        LineCount = lineCount;
    }

    public override BatchReference Reference => created?.Reference ?? intent.Reference;

    public override BatchFile InputFile => intent.File;

    public override long LineCount { get; }

    public override async Task<BatchOperation> CreateAsync(CancellationToken cancellationToken = default)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (created is not null)
                throw new InvalidOperationException($"The batch was created already: '{created.BatchId}'. Prepare the lines again to run them a second time.");

            Batch batch = ambiguous is null
                ? await CreateOnceAsync(cancellationToken).ConfigureAwait(false)
                : await ReconcileAsync(ambiguous, cancellationToken).ConfigureAwait(false);
            created = new GatewayBatchOperation(context, intent.Reference with { BatchId = batch.Id }, intent.Options, batch);
            return created;
        }
        finally
        {
            gate.Release();
        }
    }

    public override async Task DiscardAsync(CancellationToken cancellationToken = default)
    {
        if (created is not null || ambiguous is not null)
            throw new InvalidOperationException("The batch was created, or may have been: its input file must stay.");

        await context.Files.DeleteAsync(intent.File.Id, intent.Options, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Batch> CreateOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (AmbiguousCreateException exception)
        {
            ambiguous = exception;
            return await ReconcileAsync(exception, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Batch> SendAsync(CancellationToken cancellationToken)
    {
        CreateBatchRequest marked = WithToken();
        try
        {
            return await context.Batches.CreateAsync(marked, intent.CreateOptions(), cancellationToken).ConfigureAwait(false);
        }
        catch (BatchApiException exception) when (marked != request && RefusesMetadata(exception))
        {
            // A definite refusal: there is no batch, and without the token in the metadata there may be one.
            return await context.Batches.CreateAsync(request, intent.CreateOptions(), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Batch> ReconcileAsync(AmbiguousCreateException exception, CancellationToken cancellationToken)
    {
        IReadOnlyList<Batch> found = await FindAsync(exception, cancellationToken).ConfigureAwait(false);
        if (found is [var batch])
        {
            context.Logger.CreateReconciled(batch.Id, intent.File.Id);
            return batch;
        }

        throw found.Count == 0 ? exception : Undecided(exception, found);
    }

    private async Task<IReadOnlyList<Batch>> FindAsync(AmbiguousCreateException exception, CancellationToken cancellationToken)
    {
        try
        {
            return await new CreateReconciler(context.Batches, context.Clock)
                .FindAsync(intent.Reference, NoneKnown, intent.Options, reconcileFor, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // What matters to the caller is not that the search was cancelled but that the create is open.
            throw exception;
        }
    }

    private CreateBatchRequest WithToken()
    {
        if (request.Metadata?.Count >= MostMetadata)
            return request;

        Dictionary<string, string> metadata = new(request.Metadata ?? new Dictionary<string, string>()) { [IntentToken.MetadataKey] = intent.Token };
        return request with { Metadata = metadata };
    }

    private static bool RefusesMetadata(BatchApiException exception) => exception.StatusCode == HttpStatusCode.BadRequest
        && (Names(exception.Error.Param) || Names(exception.Error.Message));

    private static bool Names(string? text) => text?.Contains("metadata", StringComparison.OrdinalIgnoreCase) == true;

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
