namespace BatchGateway.Runs.Internal;

/// <summary>Goes through what is in the order of the lines, as lines are asked for in the same order.</summary>
internal sealed class LineCursor<T>(IAsyncEnumerable<T> items, Func<T, long> lineOf) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<T> _items = items.GetAsyncEnumerator();
    private bool _isThere = true;
    private long _line = -1;

    public T Current => _items.Current;

    /// <summary>Goes on to what there is of a line; false when there is nothing.</summary>
    public async ValueTask<bool> MoveToAsync(long line)
    {
        while (_isThere && _line < line)
        {
            _isThere = await _items.MoveNextAsync().ConfigureAwait(false);
            _line = _isThere ? lineOf(_items.Current) : _line;
        }

        return _isThere && _line == line;
    }

    public ValueTask DisposeAsync() => _items.DisposeAsync();
}
