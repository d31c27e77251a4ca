using BatchGateway.Internal.Lines;

namespace BatchGateway.Runs.Internal;

/// <summary>Reads the lines of a shard in their order; each is good until the next one is asked for.</summary>
internal sealed class ShardLineReader : IAsyncDisposable
{
    private readonly Stream _content;
    private readonly LineReader _lines;
    private readonly string _blob;
    private readonly long? _count;
    private readonly SequenceReader _sequences;
    private byte[] _unescaped = [];

    private ShardLineReader(string blob, long? count, Stream content, SequenceReader sequences)
    {
        _blob = blob;
        _count = count;
        _content = content;
        _lines = LineReader.Ahead(content);
        _sequences = sequences;
    }

    /// <summary>The line's place in the input, from 0.</summary>
    public long Sequence => _sequences.Current;

    /// <summary>The line, without its line feed.</summary>
    public ReadOnlySpan<byte> Json => _lines.Current.Line;

    public long Offset => _lines.Current.Offset;

    /// <summary>How many bytes it takes, its line feed included.</summary>
    public int Length => (int)_lines.Current.Length;

    /// <summary>The custom id as UTF-8, without escapes.</summary>
    /// <exception cref="InvalidDataException">The line is not one that was checked.</exception>
    public ReadOnlySpan<byte> CustomId
    {
        get
        {
            JsonSlice id = RequestId.In(Json);
            if (!id.IsString)
                throw Broken();
            return id.IsEscaped ? Unescape(id) : id.In(Json);
        }
    }

    /// <summary>The lines of a shard of a run.</summary>
    /// <exception cref="InvalidDataException">The blob that says which lines they are is broken.</exception>
    /// <exception cref="FileNotFoundException">A blob is gone.</exception>
    public static async Task<ShardLineReader> OpenAsync(IBlobStore blobs, ShardRow shard, CancellationToken cancellationToken)
    {
        SequenceReader sequences = shard.FirstLine is { } first
            ? SequenceReader.From(first)
            : await SequenceReader.OpenAsync(blobs, InputBlobs.SequencesOf(shard.Blob), cancellationToken).ConfigureAwait(false);
        Stream content = await blobs.OpenAsync(shard.Blob, cancellationToken).ConfigureAwait(false);
        return new ShardLineReader(shard.Blob, shard.Lines, content, sequences);
    }

    /// <summary>The lines of a blob that belongs to no shard yet, counted from 0.</summary>
    public static async Task<ShardLineReader> OpenAsync(IBlobStore blobs, string blob, CancellationToken cancellationToken) =>
        new(blob, null, await blobs.OpenAsync(blob, cancellationToken).ConfigureAwait(false), SequenceReader.From(0));

    /// <exception cref="InvalidDataException">The blob does not hold the lines that the shard has.</exception>
    public async ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        if (!await _lines.MoveNextAsync(cancellationToken).ConfigureAwait(false))
            return IsComplete() ? false : throw Broken();

        return !(_lines.Current.Number > _count) && _sequences.TryNext() ? true : throw Broken();
    }

    public async ValueTask DisposeAsync()
    {
        await _lines.DisposeAsync().ConfigureAwait(false);
        await _content.DisposeAsync().ConfigureAwait(false);
    }

    private bool IsComplete() => _count is null || _lines.Current.Number == _count;

    private InvalidDataException Broken() => new(
        $"The blob '{_blob}' does not hold the {_count} request lines that were written to it: the state folder was changed from outside. "
        + "Restore the folder, or delete the run.");

    private ReadOnlySpan<byte> Unescape(JsonSlice id)
    {
        if (_unescaped.Length < id.Length)
            _unescaped = new byte[id.Length];
        return id.TryUnescape(Json, _unescaped, out int length) ? _unescaped.AsSpan(0, length) : throw Broken();
    }
}
