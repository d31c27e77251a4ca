using System.Buffers;
using BatchGateway.Internal.Lines;

namespace BatchGateway.Runs.Internal;

/// <summary>
/// Writes the lines of one input to the blobs of its shards. While one buffer is hashed and written the next one is filled, and while one
/// shard is made durable the next one is written.
/// </summary>
internal sealed class InputWriter : IAsyncDisposable
{
    private readonly IBlobStore _blobs;
    private readonly InputEncoder _encoder;
    private readonly InputHash _hash = new();
    private IBlobWriter? _shard;
    private int _begun;
    private byte[] _outgoing = [];
    private Task _writing = Task.CompletedTask;
    private Task _publishing = Task.CompletedTask;

    /// <summary>Writes nothing yet. The table of the custom ids is disposed of with this.</summary>
    public InputWriter(IBlobStore blobs, BatchLimits limits, CustomIdSet ids) => (_blobs, _encoder) = (blobs, new InputEncoder(limits, ids));

    private ArrayBufferWriter<byte> Buffer => _encoder.Buffer;

    /// <exception cref="BatchInputException">A line cannot be sent, or there are too few.</exception>
    public async Task<SpooledInput> WriteAsync(IAsyncEnumerable<BatchRequestLine> lines, CancellationToken cancellationToken)
    {
        await foreach (BatchRequestLine line in lines.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            RequestLine appended = _encoder.Append(line);
            if (_encoder.HasBegunShard)
                await BeginAsync(appended, cancellationToken).ConfigureAwait(false);
            if (Buffer.WrittenCount >= RequestWriter.FlushAt)
                await FlushAsync(Buffer.WrittenCount, cancellationToken).ConfigureAwait(false);
        }

        long[] written = [.. _encoder.Parts.All.Select(part => part.Bytes)];
        IReadOnlyList<(int To, long Bytes)> moves = _encoder.Parts.Balance();
        await EndAsync(Buffer.WrittenCount, cancellationToken).ConfigureAwait(false);
        await _publishing.ConfigureAwait(false);
        await new ShardBalance(_blobs, written, moves).ApplyAsync(cancellationToken).ConfigureAwait(false);
        return new SpooledInput(_hash.Seal(_encoder.Rules.Number), [.. _encoder.Parts.All.Select(Planned)], _encoder.Rules.Endpoint)
        {
            Model = _encoder.Rules.Model,
        };
    }

    public async ValueTask DisposeAsync()
    {
        // What is being written must not be closed; what failed was told by what waited for it, or is not what the caller is told.
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _publishing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_shard is not null)
            await _shard.DisposeAsync().ConfigureAwait(false);
        _encoder.Dispose();
        _hash.Dispose();
    }

    private static NewShard Planned(RequestPart part, int index) =>
        new(InputBlobs.OfInput(index + 1), part.LineCount, part.Bytes, part.EstimatedTokens);

    /// <summary>Begins the next shard with a line; what is before it in the buffer belongs to the last one.</summary>
    private async Task BeginAsync(RequestLine first, CancellationToken cancellationToken)
    {
        if (_shard is not null)
            await EndAsync(first.Start, cancellationToken).ConfigureAwait(false);
        _shard = await _blobs.CreateAsync(InputBlobs.OfInput(++_begun), cancellationToken).ConfigureAwait(false);
    }

    private async Task EndAsync(int count, CancellationToken cancellationToken)
    {
        await FlushAsync(count, cancellationToken).ConfigureAwait(false);
        await _writing.ConfigureAwait(false);
        await _publishing.ConfigureAwait(false);
        _publishing = PublishAsync(_shard!, cancellationToken);
        _shard = null;
        if (_encoder.Suspects.Count > 0)
            await SettleAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task PublishAsync(IBlobWriter shard, CancellationToken cancellationToken)
    {
        await using (shard.ConfigureAwait(false))
            await shard.PublishAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Looks whether suspects are guilty. It is rare, and reads what was published so far, once for all of them. One that begins the next shard
    /// stays suspect until that is published too.
    /// </summary>
    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        await _publishing.ConfigureAwait(false);
        DuplicateSearch search = new(_blobs, _encoder.Suspects.Keys);
        if (await search.RunAsync(_begun, cancellationToken).ConfigureAwait(false) is { } found)
            throw _encoder.Rules.Duplicate(found.Line, found.CustomId, found.First);
        foreach (string innocent in _encoder.Suspects.Where(suspect => suspect.Value <= search.Lines).Select(suspect => suspect.Key).ToArray())
            _encoder.Suspects.Remove(innocent);
    }

    /// <summary>Sends the beginning of the buffer on its way; what is behind it stays.</summary>
    private async Task FlushAsync(int count, CancellationToken cancellationToken)
    {
        await _writing.ConfigureAwait(false);
        if (_outgoing.Length < count)
            _outgoing = new byte[Math.Max(count, RequestWriter.FlushAt * 2)];
        Buffer.WrittenSpan[..count].CopyTo(_outgoing);
        byte[] rest = Buffer.WrittenSpan[count..].ToArray();
        Buffer.ResetWrittenCount();
        Buffer.Write(rest);
        _writing = WriteOutAsync(_shard!.Stream, count, cancellationToken);
    }

    private Task WriteOutAsync(Stream shard, int count, CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            _hash.Add(_outgoing.AsSpan(0, count));
            await shard.WriteAsync(_outgoing.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
        },
        cancellationToken);
}
