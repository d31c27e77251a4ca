using System.Runtime.CompilerServices;
using BatchGateway.Internal.Diagnostics;

namespace BatchGateway.Internal.Operations;

/// <summary>A batch at the gateway.</summary>
internal sealed class GatewayBatchOperation : BatchOperation
{
    /// <summary>How long a batch is looked for whose reference is from before its create; a list may lag behind.</summary>
    private static readonly TimeSpan SearchTime = new SubmitOptions().ReconcileFor;

    private readonly OperationContext _context;
    private readonly BatchCallOptions? _options;
    private readonly long _attachedAt;
    private volatile BatchReference _reference;
    private volatile Batch? _latest;

    public GatewayBatchOperation(OperationContext context, BatchReference reference, BatchCallOptions? options, Batch? latest)
    {
        _context = context;
        _reference = reference;
        _options = options;
        _latest = latest;
        _attachedAt = context.Clock.GetTimestamp();
    }

    public override string? BatchId => _reference.BatchId;

    public override BatchReference Reference => _reference;

    public override Batch? Latest => _latest;

    /// <summary>How long this process has known the batch: a get may not find it yet right after its creation.</summary>
    public TimeSpan Age => _context.Clock.GetElapsedTime(_attachedAt);

    public override async Task<Batch> RefreshAsync(CancellationToken cancellationToken = default)
    {
        string id = _reference.BatchId ?? await FindAsync(cancellationToken).ConfigureAwait(false);
        return Seen(await _context.Batches.GetAsync(id, _options, cancellationToken).ConfigureAwait(false));
    }

    public override Task<Batch> WaitAsync(
        WaitOptions? options = null, IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default) =>
        new BatchWait(this, _context, options ?? new WaitOptions(), progress).RunAsync(cancellationToken);

    public override async Task<Batch> CancelAsync(CancellationToken cancellationToken = default)
    {
        string id = _reference.BatchId ?? await FindAsync(cancellationToken).ConfigureAwait(false);
        return Seen(await _context.Batches.CancelAsync(id, _options, cancellationToken).ConfigureAwait(false));
    }

    public override async IAsyncEnumerable<BatchResultLine> ReadResultsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Batch batch = await EndAsync(cancellationToken).ConfigureAwait(false);
        ResultFiles files = await ResultFiles.DownloadAsync(_context.Files, batch, _options, cancellationToken).ConfigureAwait(false);
        await using (files.ConfigureAwait(false))
        {
            await foreach ((BatchResultLine line, _) in files.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                Telemetry.CountLine(line.Kind);
                yield return line;
            }
        }
    }

    public override async IAsyncEnumerable<BatchOutcome<TItem, TResult>> ReadOutcomesAsync<TItem, TResult>(
        IEnumerable<TItem> items,
        Func<TItem, string>? customId,
        Func<BatchResultLine, TResult> read,
        OutcomeOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(read);
        options ??= new OutcomeOptions();
        OutcomeJoin<TItem, TResult> join = new(items, customId, read, options.FirstLineNumber);
        OutcomeReading reading = new(this, _context, _options);
        await foreach (BatchOutcome<TItem, TResult> outcome in reading.RunAsync(join, options, cancellationToken)
            .ConfigureAwait(false))
        {
            Telemetry.CountLine(outcome.Kind);
            yield return outcome;
        }
    }

    /// <summary>A snapshot of the end; refreshed once when the one at hand is none or names no files yet.</summary>
    public async Task<Batch> EndAsync(CancellationToken cancellationToken)
    {
        Batch batch = _latest is { IsTerminal: true } end && (end.OutputFileId ?? end.ErrorFileId) is not null
            ? end
            : await RefreshAsync(cancellationToken).ConfigureAwait(false);
        return AtEnd(batch);
    }

    /// <summary>The batch, if it is at its end.</summary>
    public static Batch AtEnd(Batch batch) => batch.IsTerminal ? batch : throw new InvalidOperationException(
        $"Batch '{batch.Id}' is '{batch.Status}', not at its end, so there are no results yet. Wait for it first (WaitAsync).");

    private Batch Seen(Batch batch)
    {
        if (_latest?.Status != batch.Status)
            _context.Logger.StatusChanged(batch.Id, batch.Status.ToString());
        _latest = batch;
        return batch;
    }

    /// <summary>The batch of a reference from before its create.</summary>
    private async Task<string> FindAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Batch> found = await new CreateReconciler(_context.Batches, _context.Clock)
            .FindAsync(_reference, _options, SearchTime, cancellationToken).ConfigureAwait(false);
        if (found is not [var batch])
            throw NotFound(found);

        _reference = _reference with { BatchId = batch.Id };
        return batch.Id;
    }

    private AmbiguousCreateException NotFound(IReadOnlyList<Batch> found) => new(
        _reference.InputFileId!,
        $"The reference was saved before the create, and {(found.Count == 0 ? "no batch" : $"{found.Count} batches")} of its input file '{_reference.InputFileId}' "
        + "can be found in the gateway's list, if it has one. That does not prove that there is none: look in the gateway's console before the lines are sent again.")
    {
        Intent = _reference.Intent,
        Provider = _reference.Provider,
        Candidates = found,
    };
}
