namespace BatchGateway.Runs.Internal;

/// <summary>Reads results by their places, with few blobs open at once.</summary>
internal sealed class ResultPlaces(IBlobStore blobs) : IAsyncDisposable
{
    private const int MostOpen = 8;

    // The one used last stands first, and roughly so the others. They are so few that looking through them is the fastest way.
    private readonly List<((int Shard, int File) Key, BlobWindow Window)> _open = [];

    /// <summary>The result that an outcome points to, good until the next one is asked for; empty when it points to none.</summary>
    public ValueTask<ReadOnlyMemory<byte>> ReadAsync(in LineOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome.Length == 0)
            return new ValueTask<ReadOnlyMemory<byte>>(ReadOnlyMemory<byte>.Empty);

        return Find((outcome.Shard, outcome.File)) is { } window
            ? window.ReadAsync(outcome.Offset, outcome.Length, cancellationToken)
            : OpenAsync(outcome, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach ((_, BlobWindow window) in _open)
            await window.DisposeAsync().ConfigureAwait(false);
        _open.Clear();
    }

    private BlobWindow? Find((int Shard, int File) key)
    {
        for (int i = 0; i < _open.Count; i++)
        {
            if (_open[i].Key != key)
                continue;

            if (i > 0)
            {
                (_open[0], _open[i]) = (_open[i], _open[0]);
            }

            return _open[0].Window;
        }

        return null;
    }

    private async ValueTask<ReadOnlyMemory<byte>> OpenAsync(LineOutcome outcome, CancellationToken cancellationToken)
    {
        if (_open.Count == MostOpen)
        {
            await _open[^1].Window.DisposeAsync().ConfigureAwait(false);
            _open.RemoveAt(_open.Count - 1);
        }

        Stream blob = await blobs.OpenAsync(ResultBlob.NameOf(outcome.Shard, outcome.File), cancellationToken).ConfigureAwait(false);
        BlobWindow window = new(blob);
        _open.Insert(0, ((outcome.Shard, outcome.File), window));
        return await window.ReadAsync(outcome.Offset, outcome.Length, cancellationToken).ConfigureAwait(false);
    }
}
