namespace BatchGateway.Runs.Internal;

/// <summary>Looks at many batches by the pages of the gateway's list, where it has one and that takes fewer calls than a get of each.</summary>
internal sealed class BatchListing(RunClient client)
{
    private const int PageSize = 100;

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMinutes(10);

    private bool _isUnsupported;
    private DateTimeOffset? _notBefore;

    // What the last walk took; a list has other batches in it as well.
    private int _pages;

    /// <summary>
    /// Whether the pages are likely to be no more than the batches that are to be looked at, and fewer than those that are watched: a page looks at
    /// the others as well, which then need not be looked at so soon.
    /// </summary>
    public bool IsCheaper(int due, int watched, DateTimeOffset now) =>
        !_isUnsupported && due >= Expected(watched) && watched > Expected(watched) && !(_notBefore > now);

    private int Expected(int watched) => Math.Max(_pages, (watched + PageSize - 1) / PageSize);

    /// <summary>For a while each batch is looked at by itself.</summary>
    public void Failed(DateTimeOffset at) => _notBefore = at + PauseAfterFailure;

    /// <summary>Every batch on the pages that had to be read for these, by its id.</summary>
    /// <exception cref="BatchClientException">The list could not be read.</exception>
    public async Task<IReadOnlyDictionary<string, Batch>> ReadAsync(IReadOnlyCollection<WatchedBatch> due, CancellationToken cancellationToken)
    {
        Dictionary<string, Batch> listed = [];
        HashSet<string> wanted = [.. due.Select(batch => batch.BatchId)];
        DateTimeOffset? oldest = due.Any(batch => batch.CreatedAt is null) ? null : due.Min(batch => batch.CreatedAt);
        string? after = null;
        for (_pages = 1; ; _pages++)
        {
            ListPage<Batch>? page = await PageAsync(after, cancellationToken).ConfigureAwait(false);
            if (page is null)
                return listed;

            bool isOld = page.Data is [{ CreatedAt: { } first }, .., { CreatedAt: { } last }] && first > last && last < oldest;
            int known = listed.Count;
            foreach (Batch batch in page.Data)
            {
                listed[batch.Id] = batch;
                wanted.Remove(batch.Id);
            }

            bool isAtEnd = page.HasMore == false || page.LastId is null || listed.Count == known;
            if (wanted.Count == 0 || isOld || isAtEnd || _pages > due.Count)
                return listed;
            after = page.LastId;
        }
    }

    private async Task<ListPage<Batch>?> PageAsync(string? after, CancellationToken cancellationToken)
    {
        try
        {
            return await client.Batches.ListPageAsync(after, PageSize, client.Call, cancellationToken).ConfigureAwait(false);
        }
        catch (BatchApiException exception) when (exception.IsRouteUnsupported)
        {
            _isUnsupported = true;
            return null;
        }
    }
}
