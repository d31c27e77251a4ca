using System.Runtime.CompilerServices;

namespace BatchGateway.Internal.Endpoints;

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
        while (true)
        {
            ListPage<T> page = await getPage(after, cancellationToken).ConfigureAwait(false);
            bool isKnown = page.LastId is not null && !cursors.Add(page.LastId);
            if (isKnown && page.HasMore == true)
                throw DoesNotAdvance(page.LastId!);
            // A server without paging gives its first page to every cursor.
            if (isKnown)
                yield break;

            yield return page;
            if (page.HasMore == false || page.LastId is null || page.Data.Count == 0)
                yield break;

            after = page.LastId;
        }
    }

    private static BatchResponseException DoesNotAdvance(string cursor) => new(
        $"The gateway's list does not advance: the cursor '{cursor}' came a second time. What was listed up to there is right; ask for larger pages.");
}
