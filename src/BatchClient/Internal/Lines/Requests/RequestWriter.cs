using System.Buffers;
using BatchGateway.Internal.Files;

namespace BatchGateway.Internal.Lines;

/// <summary>
/// Writes lines to files, checked one by one; a new file begins when one is full. Only the lines of one buffer are in memory,
/// and only the file that is written is open: a split may have more files than a process may open.
/// </summary>
internal sealed class RequestWriter : IEarlierLines, IAsyncDisposable
{
    /// <summary>How much is written at once.</summary>
    public const int FlushAt = 128 << 10;

    private readonly Func<int, ILineFile> _begin;
    private readonly RequestEncoder _encoder;
    private readonly List<ILineFile> _files = [];

    /// <summary>How much of each file is surely written.</summary>
    private readonly List<long> _lengths = [];

    private byte[] _outgoing = [];
    private int _outgoingCount;
    private Task _writing = Task.CompletedTask;

    /// <summary>Writes nothing yet.</summary>
    /// <param name="limits">What one file may have.</param>
    /// <param name="mostFiles">How many files there may be.</param>
    /// <param name="begin">Makes the file of a number, counted from 0. It belongs to the caller; it is closed when the next one begins.</param>
    /// <param name="state">How things stand when a line is refused, for the message.</param>
    /// <param name="ids">An empty set for the custom ids; null for a new one.</param>
    public RequestWriter(BatchLimits limits, int mostFiles, Func<int, ILineFile> begin, string state, CustomIdSet? ids = null)
    {
        _begin = begin;
        Rules = new RequestLineRules(limits, this, state, ids);
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
        await SettleAsync().ConfigureAwait(false);
        foreach ((int to, long bytes) in moves)
            await MoveAsync(_files[to - 1], _files[to], bytes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Looks through what was written. It is rare enough, and the last thing that happens, to be done while the caller waits.</summary>
    public long? Find(ReadOnlySpan<byte> customId)
    {
        RequestSearch search = new();
        for (int file = 0; file < _files.Count; file++)
        {
            if (search.Find(_files[file].Open().SafeFileHandle, _lengths[file], customId) is { } number)
                return number;
            if (file < _files.Count - 1)
                _files[file].Close();
        }

        return search.Find(_outgoing.AsSpan(0, _outgoingCount), customId) ?? search.Find(Buffer.WrittenSpan, customId);
    }

    public async ValueTask DisposeAsync()
    {
        _encoder.Dispose();
        Rules.Dispose();
        // The file is closed next, and must not be while it is being written; what failed was, or will be, told by what waits for it.
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task BeginFileAsync(RequestLine first, CancellationToken cancellationToken)
    {
        if (_files.Count > 0)
            await FlushAsync(first.Start, cancellationToken).ConfigureAwait(false);
        await SettleAsync().ConfigureAwait(false);
        if (_files is [.., var full])
            full.Close();
        _files.Add(_begin(_files.Count));
        _lengths.Add(0);
    }

    private static async Task MoveAsync(ILineFile from, ILineFile to, long bytes, CancellationToken cancellationToken)
    {
        await FileShift.MoveAsync(from.Open(), to.Open(), bytes, cancellationToken).ConfigureAwait(false);
        from.Close();
        to.Close();
    }

    /// <summary>Waits for what is on its way to the disk.</summary>
    private async Task SettleAsync()
    {
        await _writing.ConfigureAwait(false);
        if (_outgoingCount > 0)
            _lengths[^1] += _outgoingCount;
        _outgoingCount = 0;
    }

    /// <summary>
    /// Sends the beginning of the buffer on its way to the last file; what is behind it stays. While the disk writes, the next lines are made.
    /// </summary>
    private async Task FlushAsync(int count, CancellationToken cancellationToken)
    {
        await SettleAsync().ConfigureAwait(false);
        if (_outgoing.Length < count)
            _outgoing = new byte[Math.Max(count, FlushAt * 2)];
        Buffer.WrittenSpan[..count].CopyTo(_outgoing);
        _outgoingCount = count;
        _writing = _files[^1].Open().WriteAsync(_outgoing.AsMemory(0, count), cancellationToken).AsTask();
        byte[] rest = Buffer.WrittenSpan[count..].ToArray();
        Buffer.ResetWrittenCount();
        Buffer.Write(rest);
    }
}
