using System.Buffers;

namespace BatchGateway.Internal.Lines;

/// <summary>
/// Writes lines to files, checked one by one; a new file begins when one is full. Only the lines of one buffer are in memory.
/// </summary>
internal sealed class RequestWriter : IEarlierLines, IDisposable
{
    /// <summary>How much is written at once.</summary>
    public const int FlushAt = 128 << 10;

    private readonly Func<int, FileStream> _open;
    private readonly RequestEncoder _encoder;
    private readonly List<FileStream> _files = [];

    /// <summary>Writes nothing yet.</summary>
    /// <param name="limits">What one file may have.</param>
    /// <param name="mostFiles">How many files there may be.</param>
    /// <param name="open">Opens the file of a number, counted from 0, for reading and writing; it belongs to the caller.</param>
    /// <param name="ids">An empty set for the custom ids; null for a new one.</param>
    public RequestWriter(BatchLimits limits, int mostFiles, Func<int, FileStream> open, CustomIdSet? ids = null)
    {
        _open = open;
        Rules = new RequestLineRules(limits, this, ids: ids);
        Parts = new RequestParts(limits, Rules, mostFiles);
        _encoder = new RequestEncoder(Rules);
    }

    public RequestLineRules Rules { get; }

    public RequestParts Parts { get; }

    private ArrayBufferWriter<byte> Buffer => _encoder.Buffer;

    public async Task WriteAsync(IAsyncEnumerable<BatchRequestLine> lines, CancellationToken cancellationToken)
    {
        await foreach (BatchRequestLine line in lines.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            RequestLine written = _encoder.Append(line);
            if (Parts.Add(written, Buffer.WrittenSpan[written.Start..]))
                await BeginFileAsync(written, cancellationToken).ConfigureAwait(false);
            if (Buffer.WrittenCount >= FlushAt)
                await FlushAsync(Buffer.WrittenCount, cancellationToken).ConfigureAwait(false);
        }

        IReadOnlyList<(int To, long Bytes)> moves = Parts.Balance();
        await FlushAsync(Buffer.WrittenCount, cancellationToken).ConfigureAwait(false);
        foreach ((int to, long bytes) in moves)
            await FileShift.MoveAsync(_files[to - 1], _files[to], bytes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Looks through what was written. It is rare enough, and the last thing that happens, to be done while the caller waits.</summary>
    public long? Find(ReadOnlySpan<byte> customId)
    {
        RequestSearch search = new();
        foreach (FileStream file in _files)
        {
            if (search.Find(file.SafeFileHandle, customId) is { } number)
                return number;
        }

        return search.Find(Buffer.WrittenSpan, customId);
    }

    public void Dispose() => _encoder.Dispose();

    private async Task BeginFileAsync(RequestLine first, CancellationToken cancellationToken)
    {
        if (_files.Count > 0)
            await FlushAsync(first.Start, cancellationToken).ConfigureAwait(false);
        _files.Add(_open(_files.Count));
    }

    /// <summary>Writes the beginning of the buffer to the last file; what is behind it stays.</summary>
    private async Task FlushAsync(int count, CancellationToken cancellationToken)
    {
        await _files[^1].WriteAsync(Buffer.WrittenMemory[..count], cancellationToken).ConfigureAwait(false);
        byte[] rest = Buffer.WrittenSpan[count..].ToArray();
        Buffer.ResetWrittenCount();
        Buffer.Write(rest);
    }
}
