using BatchGateway.Internal.Lines;

namespace BatchGateway.Runs.Internal;

/// <summary>Reads the lines of a shard in their order; each is good until the next one is asked for.</summary>
internal sealed class ShardLineReader : IAsyncDisposable
{
    private readonly Stream _content;
    private readonly LineReader _lines;
    private readonly ShardRow? _shard;
    private readonly SequenceReader _sequences;
    private byte[] _unescaped = [];

    private ShardLineReader(Stream content, ShardRow? shard, SequenceReader sequences)
    {
        _content = content;
        _lines = LineReader.Ahead(content);
        _shard = shard;
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
    public ReadOnlySpan<byte> CustomId
    {
        get
        {
            JsonSlice id = RequestId.In(Json);
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
        return new ShardLineReader(await blobs.OpenAsync(shard.Blob, cancellationToken).ConfigureAwait(false), shard, sequences);
    }

    /// <summary>The lines of a blob that belongs to no shard yet, counted from 0.</summary>
    public static async Task<ShardLineReader> OpenAsync(IBlobStore blobs, string blob, CancellationToken cancellationToken) =>
        new(await blobs.OpenAsync(blob, cancellationToken).ConfigureAwait(false), null, SequenceReader.From(0));

    /// <exception cref="InvalidDataException">The blob does not hold the lines that the shard has.</exception>
    public async ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        if (!await _lines.MoveNextAsync(cancellationToken).ConfigureAwait(false))
            return IsComplete() ? false : throw Broken();

        return _lines.Current.Number <= (_shard?.Lines ?? long.MaxValue) && _sequences.TryNext() ? true : throw Broken();
    }

    public async ValueTask DisposeAsync()
    {
        await _lines.DisposeAsync().ConfigureAwait(false);
        await _content.DisposeAsync().ConfigureAwait(false);
    }

    private bool IsComplete() => _shard is null || _lines.Current.Number == _shard.Lines;

    private InvalidDataException Broken() => new(
        $"The blob '{_shard!.Blob}' does not hold the {_shard.Lines} lines of shard {_shard.Number}: the state folder was changed from outside. "
        + "Nothing more is sent from it; restore the folder, or delete the run.");

    private ReadOnlySpan<byte> Unescape(JsonSlice id)
    {
        if (_unescaped.Length < id.Length)
            _unescaped = new byte[id.Length];
        return id.TryUnescape(Json, _unescaped, out int length) ? _unescaped.AsSpan(0, length) : throw Broken();
    }
}
