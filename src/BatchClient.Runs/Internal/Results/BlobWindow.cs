namespace BatchGateway.Runs.Internal;

/// <summary>
/// Reads pieces of one blob that are asked for more or less in its order, as results are that were shuffled among their neighbours: from a window
/// that moves along. A piece from elsewhere is read by itself.
/// </summary>
internal sealed class BlobWindow(Stream blob) : IAsyncDisposable
{
    private const int Size = 128 << 10;

    /// <summary>How much of a new window lies before what was asked for: neighbours that stand a little earlier.</summary>
    private const int Behind = Size / 4;

    private byte[] _buffer = [];
    private long _start;
    private int _length;

    /// <summary>A piece of the blob, good until the next one is asked for.</summary>
    /// <exception cref="EndOfStreamException">The blob ends before it.</exception>
    public ValueTask<ReadOnlyMemory<byte>> ReadAsync(long offset, int length, CancellationToken cancellationToken) =>
        offset >= _start && offset + length <= _start + _length
            ? new ValueTask<ReadOnlyMemory<byte>>(_buffer.AsMemory((int)(offset - _start), length))
            : FillAsync(offset, length, cancellationToken);

    public ValueTask DisposeAsync() => blob.DisposeAsync();

    private async ValueTask<ReadOnlyMemory<byte>> FillAsync(long offset, int length, CancellationToken cancellationToken)
    {
        // A little further on is in order. What is far away says nothing of what comes next: no more is read than was asked for.
        bool isNext = offset >= _start && offset <= _start + _length + Size;
        long start = isNext ? Math.Max(offset - Behind, 0) : offset;
        int wanted = isNext ? Math.Max(Size, Behind + length) : length;
        if (_buffer.Length < wanted || (_buffer.Length > Size && wanted <= Size))
            _buffer = GC.AllocateUninitializedArray<byte>(Math.Max(Size, wanted));

        blob.Position = start;
        (_start, _length) = (start, 0);
        Memory<byte> target = _buffer.AsMemory(0, wanted);
        _length = await blob.ReadAtLeastAsync(target, wanted, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        int skipped = (int)(offset - start);
        return skipped + length <= _length
            ? _buffer.AsMemory(skipped, length)
            : throw new EndOfStreamException("A file of results is shorter than it was when it was read first. Something else has changed it.");
    }
}
