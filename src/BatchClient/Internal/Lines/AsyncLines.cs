namespace BatchGateway.Internal.Lines;

internal static class AsyncLines
{
    /// <summary>A sequence seen as an asynchronous one.</summary>
    public static async IAsyncEnumerable<T> From<T>(IEnumerable<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (T item in items)
            yield return item;
    }
}
