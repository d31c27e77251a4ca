using System.Runtime.CompilerServices;

namespace BatchGateway.Internal.Operations;

/// <summary>A list from its pages, with a guard against a gateway whose cursor never advances.</summary>
internal static class Pages
{
    public static async IAsyncEnumerable<T> AllAsync<T>(
        Func<string?, CancellationToken, Task<ListPage<T>>> getPage, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (ListPage<T> page in EachAsync(getPage, cancellationToken).ConfigureAwait(false))
        {
            foreach (T item in page.Data)
                yield return item;
        }
    }

    public static async IAsyncEnumerable<ListPage<T>> EachAsync<T>(
        Func<string?, CancellationToken, Task<ListPage<T>>> getPage, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string> cursors = [];
        string? after = null;
        string? first = null;
        while (true)
        {
            ListPage<T> page = await getPage(after, cancellationToken).ConfigureAwait(false);
            // A server without paging gives its first page to every cursor.
            if (page.HasMore is null && after is not null && page.FirstId == first)
                yield break;

            first ??= page.FirstId;
            yield return page;

            if (page.HasMore == false || page.LastId is null || page.Data.Count == 0)
                yield break;
            if (!cursors.Add(page.LastId))
            {
                throw new BatchResponseException(
                    $"The gateway's list does not advance: the cursor '{page.LastId}' came a second time. The list was read up to there; ask for larger pages.");
            }

            after = page.LastId;
        }
    }
}
