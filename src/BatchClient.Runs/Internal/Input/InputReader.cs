namespace BatchGateway.Runs.Internal;

/// <summary>The lines of a whole input, as they were written: those of its shards one after the other.</summary>
/// <param name="blobs">The blobs of the run.</param>
/// <param name="shards">The shards of the input, in their order.</param>
internal sealed class InputReader(IBlobStore blobs, IReadOnlyList<ShardRow> shards) : IAsyncDisposable
{
    private ShardLineReader? _lines;
    private int _opened;

    /// <summary>The line, without its line feed.</summary>
    public ReadOnlySpan<byte> Json => _lines!.Json;

    public async ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        while (_lines is null || !await _lines.MoveNextAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_opened == shards.Count)
                return false;

            await DisposeAsync().ConfigureAwait(false);
            _lines = await ShardLineReader.OpenAsync(blobs, shards[_opened++], cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_lines is not null)
            await _lines.DisposeAsync().ConfigureAwait(false);
    }
}
