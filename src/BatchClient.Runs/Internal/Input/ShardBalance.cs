using System.Buffers;

namespace BatchGateway.Runs.Internal;

/// <summary>
/// Moves lines from the end of a shard to the beginning of the next one, where a provider wants more lines in a batch than were left. The
/// shards that this changes are written again, once each.
/// </summary>
/// <param name="blobs">The blobs of the run.</param>
/// <param name="written">How large each shard is as it was written.</param>
/// <param name="moves">What each shard gets from the one before it.</param>
internal sealed class ShardBalance(IBlobStore blobs, IReadOnlyList<long> written, IReadOnlyList<(int To, long Bytes)> moves)
{
    private const int BufferSize = 128 << 10;

    private readonly Dictionary<int, long> _taken = moves.ToDictionary(move => move.To, move => move.Bytes);

    // From the last to the first: what a shard gets is taken from one that still is as it was written.
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        for (int shard = written.Count - 1; shard >= 0; shard--)
        {
            long taken = _taken.GetValueOrDefault(shard);
            long given = _taken.GetValueOrDefault(shard + 1);
            if (taken + given > 0)
                await RewriteAsync(shard, taken, given, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RewriteAsync(int shard, long taken, long given, CancellationToken cancellationToken)
    {
        IBlobWriter writer = await blobs.CreateAsync(NameOf(shard), cancellationToken).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            if (taken > 0)
                await CopyAsync(shard - 1, written[shard - 1] - taken, taken, writer.Stream, cancellationToken).ConfigureAwait(false);
            await CopyAsync(shard, 0, written[shard] - given, writer.Stream, cancellationToken).ConfigureAwait(false);
            await writer.PublishAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task CopyAsync(int shard, long offset, long count, Stream target, CancellationToken cancellationToken)
    {
        Stream source = await blobs.OpenAsync(NameOf(shard), cancellationToken).ConfigureAwait(false);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            source.Position = offset;
            for (long left = count; left > 0;)
            {
                Memory<byte> part = buffer.AsMemory(0, (int)Math.Min(buffer.Length, left));
                await source.ReadExactlyAsync(part, cancellationToken).ConfigureAwait(false);
                await target.WriteAsync(part, cancellationToken).ConfigureAwait(false);
                left -= part.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            await source.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static string NameOf(int shard) => InputBlobs.OfInput(shard + 1);
}
