using System.Runtime.CompilerServices;
using BatchGateway.Internal.Diagnostics;
using BatchGateway.Internal.Lines;

namespace BatchGateway.Internal.Operations;

/// <summary>
/// Reads the results of a batch twice from complete copies: once to find the line that speaks for each item, and once to hand them out. An
/// item without a line is missing only when the batch still names the same files a minute later.
/// </summary>
internal sealed class OutcomeReading
{
    private const int MostLooks = 10;

    private static readonly TimeSpan SettleTime = TimeSpan.FromMinutes(1);

    private readonly GatewayBatchOperation _operation;
    private readonly OperationContext _context;
    private readonly BatchCallOptions? _options;

    public OutcomeReading(GatewayBatchOperation operation, OperationContext context, BatchCallOptions? options)
    {
        _operation = operation;
        _context = context;
        _options = options;
    }

    public IAsyncEnumerable<BatchOutcome<TItem, TResult>> RunAsync<TItem, TResult>(
        OutcomeJoin<TItem, TResult> join, OutcomeOptions options, CancellationToken cancellationToken) =>
        options.InItemOrder ? InItemOrderAsync(join, options, cancellationToken) : AsTheyStandAsync(join, options, cancellationToken);

    private async IAsyncEnumerable<BatchOutcome<TItem, TResult>> AsTheyStandAsync<TItem, TResult>(
        OutcomeJoin<TItem, TResult> join, OutcomeOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (Batch batch, ResultFiles files) = await SettledAsync(join, cancellationToken).ConfigureAwait(false);
        await using (files.ConfigureAwait(false))
        {
            await foreach ((BatchResultLine line, LinePlace place) in files.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                if (join.OutcomeOf(line, place, cancellationToken) is { } outcome)
                    yield return outcome;
                else
                    options.Unmatched?.Invoke(line);
            }
        }

        foreach ((int item, LinePlace? place) in join.Places())
        {
            if (place is null)
                yield return join.Missing(item, batch);
        }
    }

    private async IAsyncEnumerable<BatchOutcome<TItem, TResult>> InItemOrderAsync<TItem, TResult>(
        OutcomeJoin<TItem, TResult> join, OutcomeOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (Batch batch, ResultFiles files) = await SettledAsync(join, cancellationToken).ConfigureAwait(false);
        await using (files.ConfigureAwait(false))
        {
            if (options.Unmatched is { } unmatched && join.Duplicates + join.Unknown > 0)
                await ReportUnmatchedAsync(join, files, unmatched, cancellationToken).ConfigureAwait(false);
            foreach ((int item, LinePlace? place) in join.Places())
            {
                yield return place is { } there
                    ? join.Outcome(item, await files.ReadAsync(there, cancellationToken).ConfigureAwait(false), cancellationToken)
                    : join.Missing(item, batch);
            }
        }
    }

    private static async Task ReportUnmatchedAsync<TItem, TResult>(
        OutcomeJoin<TItem, TResult> join, ResultFiles files, Action<BatchResultLine> unmatched, CancellationToken cancellationToken)
    {
        await foreach ((BatchResultLine line, LinePlace place) in files.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!join.Decides(line.CustomId, place))
                unmatched(line);
        }
    }

    /// <summary>The files, once every item has a line or the files have been the same for a minute.</summary>
    private async Task<(Batch Batch, ResultFiles Files)> SettledAsync<TItem, TResult>(
        OutcomeJoin<TItem, TResult> join, CancellationToken cancellationToken)
    {
        Batch batch = await _operation.EndAsync(cancellationToken).ConfigureAwait(false);
        for (int look = 1; ; look++)
        {
            ResultFiles files = await ResultFiles.DownloadAsync(_context.Files, batch, _options, cancellationToken).ConfigureAwait(false);
            try
            {
                int? silent = await NoteAllAsync(join, files, cancellationToken).ConfigureAwait(false);
                if (!join.HasMissing && !join.HasMalformed)
                    return Settled(join, batch, files);
                await RequireWholeAsync(batch, files, cancellationToken).ConfigureAwait(false);
                if (!join.HasMissing)
                    return Settled(join, batch, files);
                if (silent is { } file)
                    throw NoResults(ResultFiles.IdsOf(batch)[file]);

                Batch later = await LaterAsync(cancellationToken).ConfigureAwait(false);
                for (int more = 1; more < MostLooks && NamesTheSame(later, batch) && MayYetNameAFile(later); more++)
                    later = await LaterAsync(cancellationToken).ConfigureAwait(false);
                if (NamesTheSame(later, batch))
                    return Settled(join, later, files);
                if (look == MostLooks)
                    throw NeverSettles(batch.Id);

                batch = later;
            }
            catch
            {
                await files.DisposeAsync().ConfigureAwait(false);
                throw;
            }

            await files.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static bool NamesTheSame(Batch later, Batch batch) => ResultFiles.IdsOf(later).SequenceEqual(ResultFiles.IdsOf(batch));

    /// <summary>
    /// Counts prove nothing, but where they speak of lines whose file is not named, the name may be late: a reason to look longer before anything
    /// is called missing. So is a batch without any file, whatever it counts: expired and cancelled ones with counts of zero had files. Only
    /// one that failed its validation has none by right.
    /// </summary>
    private static bool MayYetNameAFile(Batch batch) =>
        (batch.OutputFileId is null && batch.RequestCounts?.Completed > 0)
        || (batch.ErrorFileId is null && batch.RequestCounts?.Failed > 0)
        || (batch.Status.Kind != BatchStatusKind.Failed && (batch.OutputFileId ?? batch.ErrorFileId) is null);

    private (Batch Batch, ResultFiles Files) Settled<TItem, TResult>(OutcomeJoin<TItem, TResult> join, Batch batch, ResultFiles files)
    {
        if (join.Duplicates + join.Unknown > 0)
            _context.Logger.ResultsOdd(batch.Id, join.Duplicates, join.Unknown);
        return (batch, files);
    }

    /// <summary>Takes note of every line.</summary>
    /// <returns>A file that has lines and speaks of no item: an error of the gateway's in place of results; null when there is none.</returns>
    private static async Task<int?> NoteAllAsync<TItem, TResult>(OutcomeJoin<TItem, TResult> join, ResultFiles files, CancellationToken cancellationToken)
    {
        join.Clear();
        SortedSet<int> silent = [], speaking = [];
        await files.ScanAsync(Note, cancellationToken).ConfigureAwait(false);
        silent.ExceptWith(speaking);
        return silent.Count > 0 ? silent.Min : null;

        void Note(LineCutter line, LinePlace place)
        {
            ResultFacts facts = ResultFacts.Of(line);
            join.Note(facts.CustomId.TextIn(line.Line), VerifiedKind(facts, line.Line), place);
            (Speaks(facts, files.IsErrorFile(place.File)) ? speaking : silent).Add(place.File);
        }
    }

    /// <summary>A reader of lines passes over bodies; an outcome must not be called a success before its body was looked into.</summary>
    private static BatchOutcomeKind VerifiedKind(in ResultFacts facts, ReadOnlySpan<byte> line) =>
        facts.Kind == BatchOutcomeKind.Succeeded && !LineJson.IsValid(facts.Body.In(line)) ? BatchOutcomeKind.Malformed : facts.Kind;

    /// <summary>Some servers leave the custom ids out of the error file, but none out of the output.</summary>
    public static bool Speaks(in ResultFacts facts, bool isErrorFile) =>
        facts.CustomId.IsThere || (isErrorFile && facts.Kind != BatchOutcomeKind.Malformed);

    public static BatchResponseException NeverSettles(string batchId) => new(
        $"Batch '{batchId}' names other result files each time it is asked for, and lines are missing in all of them. Nothing was concluded; "
        + "read what there is with ReadResultsAsync.");

    public static BatchResponseException NoResults(string fileId) => new(
        $"The content of file '{fileId}' is no result file: none of its lines names a custom id. Nothing was concluded from it; "
        + "look at it with ReadResultsAsync, or try again.");

    /// <summary>
    /// An answer's own length may be wrong, as behind a proxy that broke off and closed the rest in good order. Before a line is called
    /// missing or broken, the length that the gateway gives the file must have come, where it gives one.
    /// </summary>
    private async Task RequireWholeAsync(Batch batch, ResultFiles files, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> ids = ResultFiles.IdsOf(batch);
        for (int file = 0; file < ids.Count; file++)
        {
            long came = files.LengthOf(file);
            if (await LengthAsync(ids[file], cancellationToken).ConfigureAwait(false) is { } length && came < length)
                throw new BatchConnectionException(
                    $"Downloading file '{ids[file]}' failed: {came} bytes came, and it has {length}, though the answer said that this was all. "
                    + "Nothing was concluded. Read the results again, or what there is with ReadResultsAsync.");
        }
    }

    private async Task<long?> LengthAsync(string fileId, CancellationToken cancellationToken)
    {
        try
        {
            return (await _context.Files.GetAsync(fileId, _options, cancellationToken).ConfigureAwait(false)).Bytes;
        }
        catch (BatchApiException refused) when (refused.IsFinal)
        {
            // Not every gateway knows the result files beside their content.
            return null;
        }
    }

    private async Task<Batch> LaterAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(SettleTime, _context.Clock, cancellationToken).ConfigureAwait(false);
        return GatewayBatchOperation.AtEnd(await _operation.RefreshAsync(cancellationToken).ConfigureAwait(false));
    }
}
