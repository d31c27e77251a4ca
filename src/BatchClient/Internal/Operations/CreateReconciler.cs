using BatchGateway.Internal.Http;

namespace BatchGateway.Internal.Operations;

/// <summary>
/// Finds the batch of a create whose answer was lost: by its token, or by an input file that only this intent has uploaded. It never creates, and an
/// empty list proves nothing.
/// </summary>
internal sealed class CreateReconciler
{
    private const int PageSize = 100;
    private const double Growth = 2;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(20);

    private readonly IBatchesApi _batches;
    private readonly TimeProvider _clock;

    public CreateReconciler(IBatchesApi batches, TimeProvider clock)
    {
        _batches = batches;
        _clock = clock;
    }

    /// <summary>Looks in the list until the batch is there or the patience is at its end, for a list may lag behind.</summary>
    /// <returns>The matches: none when it was not found or the gateway cannot list; more than one is for a person to decide.</returns>
    public async Task<IReadOnlyList<Batch>> FindAsync(
        BatchReference intent, IReadOnlySet<string> known, BatchCallOptions? options, TimeSpan patience, CancellationToken cancellationToken)
    {
        long start = _clock.GetTimestamp();
        for (TimeSpan pause = FirstPause; ; pause = Pauses.Next(pause, Growth, LongestPause))
        {
            (IReadOnlyList<Batch> found, bool canList) = await LookAsync(intent, known, options, cancellationToken).ConfigureAwait(false);
            if (found.Count > 0 || !canList || _clock.GetElapsedTime(start) + pause > patience)
                return found;

            await Task.Delay(pause, _clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(IReadOnlyList<Batch> Found, bool CanList)> LookAsync(
        BatchReference intent, IReadOnlySet<string> known, BatchCallOptions? options, CancellationToken cancellationToken)
    {
        try
        {
            return (await WalkAsync(intent, known, options, cancellationToken).ConfigureAwait(false), true);
        }
        catch (BatchApiException exception) when (exception.IsRouteUnsupported || IsFinal((int)exception.StatusCode))
        {
            return ([], false);
        }
        catch (BatchClientException)
        {
            // A list that fails now may come later; the patience of the caller is the limit.
            return ([], true);
        }
    }

    private static bool IsFinal(int status) => status is >= 400 and < 500 and not (401 or 408 or 429);

    private async Task<IReadOnlyList<Batch>> WalkAsync(
        BatchReference intent, IReadOnlySet<string> known, BatchCallOptions? options, CancellationToken cancellationToken)
    {
        List<Batch> byToken = [], byFile = [];
        try
        {
            await NoteAllAsync(intent, known, options, byToken, byFile, cancellationToken).ConfigureAwait(false);
        }
        catch (BatchClientException) when (byToken.Count > 0)
        {
            // The token is ours alone: a list that fails or repeats itself further back takes nothing from what was found.
        }

        List<Batch> matches = byToken.Count > 0 ? byToken : byFile;
        return matches.DistinctBy(batch => batch.Id).ToList();
    }

    private async Task NoteAllAsync(
        BatchReference intent, IReadOnlySet<string> known, BatchCallOptions? options, List<Batch> byToken, List<Batch> byFile, CancellationToken cancellationToken)
    {
        await foreach (ListPage<Batch> page in Pages.EachAsync((after, token) => _batches.ListPageAsync(after, PageSize, options, token), cancellationToken).ConfigureAwait(false))
        {
            foreach (Batch batch in page.Data.Where(batch => !known.Contains(batch.Id)))
            {
                if (intent.Intent is { } token && IntentToken.IsOf(batch, token))
                    byToken.Add(batch);
                else if (batch.InputFileId == intent.InputFileId && !batch.Metadata.ContainsKey(IntentToken.MetadataKey))
                    byFile.Add(batch);
            }

            if (IsOlderThanTheFile(page, intent.InputFileCreatedAt))
                break;
        }
    }

    /// <summary>Whether a list that is sorted newest first has gone back to before the file; by the gateway's own clock on both sides.</summary>
    private static bool IsOlderThanTheFile(ListPage<Batch> page, DateTimeOffset? fileCreatedAt) =>
        page.Data is [{ CreatedAt: { } newest }, .., { CreatedAt: { } oldest }] && newest > oldest && oldest < fileCreatedAt;
}
