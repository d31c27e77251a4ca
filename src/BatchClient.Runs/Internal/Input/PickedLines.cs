namespace BatchGateway.Runs.Internal;

/// <summary>Some of the lines of a shard, in their order.</summary>
internal sealed class PickedLines : IAsyncDisposable
{
    private readonly ShardLineReader _lines;
    private readonly IEnumerator<long> _sequences;

    private PickedLines(ShardLineReader lines, IEnumerator<long> sequences) => (_lines, _sequences) = (lines, sequences);

    public long Sequence => _lines.Sequence;

    /// <summary>The line, without its line feed.</summary>
    public ReadOnlySpan<byte> Json => _lines.Json;

    public static async Task<PickedLines> OpenAsync(
        IBlobStore blobs, ShardRow shard, IEnumerable<long> sequences, CancellationToken cancellationToken) =>
        new(await ShardLineReader.OpenAsync(blobs, shard, cancellationToken).ConfigureAwait(false), sequences.GetEnumerator());

    /// <exception cref="ArgumentException">The shard has no such line, or the numbers do not ascend.</exception>
    public async ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        if (!_sequences.MoveNext())
            return false;

        do
        {
            if (!await _lines.MoveNextAsync(cancellationToken).ConfigureAwait(false) || _lines.Sequence > _sequences.Current)
                throw new ArgumentException($"Line {_sequences.Current} is not of this shard, or not in its order.");
        }
        while (_lines.Sequence < _sequences.Current);

        return true;
    }

    public async ValueTask DisposeAsync()
    {
        _sequences.Dispose();
        await _lines.DisposeAsync().ConfigureAwait(false);
    }
}
