using BatchGateway.Internal.Endpoints;
using BatchGateway.Internal.Http;

namespace BatchGateway.Internal.Operations;

/// <summary>
/// Finds the batch of a create whose answer was lost: by its token, or by an input file that only this intent has uploaded. It never
/// creates, and an empty list proves nothing.
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
    /// <returns>
    /// The matches: none when it was not found or the gateway cannot list; more than one is for a person to decide.
    /// </returns>
    /// <exception cref="BatchClientException">The last look failed, so that nothing can be said.</exception>
    public async Task<IReadOnlyList<Batch>> FindAsync(
        BatchReference intent, BatchCallOptions? options, TimeSpan patience, CancellationToken cancellationToken, IReadOnlyCollection<string>? earlier = null)
    {
        long start = _clock.GetTimestamp();
        for (TimeSpan pause = FirstPause; ; pause = Pauses.Next(pause, Growth, LongestPause))
        {
            bool isLast = IsBeyond(pause);
            TimeSpan wish = TimeSpan.Zero;
            try
            {
                IReadOnlyList<Batch> found = await WalkAsync(intent, options, earlier ?? [], seen: null, cancellationToken).ConfigureAwait(false);
                if (found.Count > 0 || isLast)
                    return found;
            }
            catch (BatchApiException exception) when (exception.IsFinal)
            {
                return [];
            }
            catch (BatchClientException exception) when (!isLast && !IsBeyond(wish = WishOf(exception)))
            {
                // A list that fails now may answer at the next look.
            }

            await Pauses.DelayAsync(wish > pause ? wish : pause, _clock, cancellationToken).ConfigureAwait(false);
        }

        bool IsBeyond(TimeSpan pause) => patience != Timeout.InfiniteTimeSpan && _clock.GetElapsedTime(start) + pause > patience;
    }

    /// <summary>Looks in the list once.</summary>
    /// <param name="intent">What is looked for.</param>
    /// <param name="options">How the batch is addressed.</param>
    /// <param name="earlier">Batches of the same file that are not the one.</param>
    /// <param name="seen">Told of every batch that the list shows.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <exception cref="BatchClientException">The look failed; <see cref="BatchApiException.IsFinal"/> says whether another one is of any use.</exception>
    public Task<IReadOnlyList<Batch>> LookAsync(
        BatchReference intent, BatchCallOptions? options, IReadOnlyCollection<string> earlier, Action<Batch> seen, CancellationToken cancellationToken) =>
        WalkAsync(intent, options, earlier, seen, cancellationToken);

    /// <summary>How long the gateway asks to wait; never undercut, and where it is beyond the patience this was the last look.</summary>
    private static TimeSpan WishOf(BatchClientException exception) => (exception as BatchApiException)?.RetryAfter ?? TimeSpan.Zero;

    private async Task<IReadOnlyList<Batch>> WalkAsync(
        BatchReference intent, BatchCallOptions? options, IReadOnlyCollection<string> earlier, Action<Batch>? seen, CancellationToken cancellationToken)
    {
        List<Batch> byToken = [], byFile = [];
        try
        {
            await foreach (ListPage<Batch> page in PagesAsync(options, cancellationToken).ConfigureAwait(false))
            {
                foreach (Batch batch in page.Data)
                    seen?.Invoke(batch);
                byToken.AddRange(page.Data.Where(batch => intent.Intent is { } token && IntentToken.IsOf(batch, token)));
                byFile.AddRange(page.Data.Where(batch => IsOfTheFile(batch, intent) && !earlier.Contains(batch.Id)));
                if (IsOlderThanTheFile(page, intent.InputFileCreatedAt))
                    break;
            }
        }
        catch (BatchClientException) when (byToken.Count > 0)
        {
            // The rest of the list cannot be read, but nothing in it could be a better match than the token.
        }

        return (byToken.Count > 0 ? byToken : byFile).DistinctBy(batch => batch.Id).ToList();
    }

    private IAsyncEnumerable<ListPage<Batch>> PagesAsync(BatchCallOptions? options, CancellationToken cancellationToken) =>
        Pages.EachAsync((after, token) => _batches.ListPageAsync(after, PageSize, options, token), cancellationToken);

    /// <summary>Only for a file that the intent itself has uploaded, and only a batch that carries nobody else's token.</summary>
    private static bool IsOfTheFile(Batch batch, BatchReference intent) => intent.Intent is not null
        && batch.InputFileId is not null && batch.InputFileId == intent.InputFileId
        && !batch.Metadata.ContainsKey(IntentToken.MetadataKey);

    /// <summary>
    /// Whether a list that is sorted newest first has gone back to before the file; by the gateway's own clock on both sides.
    /// </summary>
    private static bool IsOlderThanTheFile(ListPage<Batch> page, DateTimeOffset? fileCreatedAt) =>
        page.Data is [{ CreatedAt: { } newest }, .., { CreatedAt: { } oldest }] && newest > oldest && oldest < fileCreatedAt;
}
