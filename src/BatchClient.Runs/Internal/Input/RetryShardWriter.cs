using System.Buffers;
using BatchGateway.Internal.Lines;

namespace BatchGateway.Runs.Internal;

/// <summary>Makes shards of some of the lines of another shard, byte for byte as they were sent.</summary>
/// <param name="blobs">The blobs of the run.</param>
internal sealed class RetryShardWriter(IBlobStore blobs)
{
    /// <summary>
    /// Writes the picked lines, each byte once, to as many blobs as the limits ask for, with a small one beside each that says which lines of
    /// the input they are. All are published when this returns.
    /// </summary>
    /// <param name="shard">The shard, as it was claimed: its fence is in the names.</param>
    /// <param name="attempt">The attempt that the new shards are.</param>
    /// <param name="sequences">The lines' places in the input, ascending; gone through twice.</param>
    /// <param name="limits">What the provider allows in one batch.</param>
    /// <param name="cancellationToken">Cancels; what was published stays and belongs to nothing.</param>
    /// <returns>The shards in the order of the lines; none when no line was picked, or too few for a batch of this provider.</returns>
    /// <exception cref="ArgumentException">A line is not of this shard, or they are not in their order.</exception>
    /// <exception cref="BatchInputException">A line is too large for the limits.</exception>
    public async Task<IReadOnlyList<NewShard>> WriteAsync(
        ShardRow shard, int attempt, IEnumerable<long> sequences, BatchLimits limits, CancellationToken cancellationToken = default)
    {
        using RequestLineRules rules = new(limits.Checked(nameof(limits)), earlier: null);
        RequestParts parts = new(limits, rules, int.MaxValue);
        await DealAsync(shard, sequences, parts, cancellationToken).ConfigureAwait(false);
        return TryBalance(parts) ? await CopyAsync(shard, attempt, sequences, parts, cancellationToken).ConfigureAwait(false) : [];
    }

    private async Task DealAsync(ShardRow shard, IEnumerable<long> sequences, RequestParts parts, CancellationToken cancellationToken)
    {
        PickedLines picked = await PickedLines.OpenAsync(blobs, shard, sequences, cancellationToken).ConfigureAwait(false);
        await using (picked.ConfigureAwait(false))
        {
            while (await picked.MoveNextAsync(cancellationToken).ConfigureAwait(false))
                parts.Add(new RequestLine(picked.Sequence + 1, 0, picked.Json.Length + 1, RequestFacts.Of(picked.Json)), picked.Json);
        }
    }

    private static bool TryBalance(RequestParts parts)
    {
        try
        {
            parts.Balance();
            return true;
        }
        catch (BatchInputException)
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<NewShard>> CopyAsync(
        ShardRow shard, int attempt, IEnumerable<long> sequences, RequestParts parts, CancellationToken cancellationToken)
    {
        List<NewShard> shards = [];
        PickedLines picked = await PickedLines.OpenAsync(blobs, shard, sequences, cancellationToken).ConfigureAwait(false);
        await using (picked.ConfigureAwait(false))
        {
            foreach (RequestPart part in parts.All)
            {
                string blob = InputBlobs.OfRetry(shard, attempt, shards.Count + 1);
                await CopyPartAsync(picked, part.LineCount, blob, cancellationToken).ConfigureAwait(false);
                shards.Add(new NewShard(blob, part.LineCount, part.Bytes, part.EstimatedTokens) { Attempt = attempt });
            }
        }

        return shards;
    }

    private async Task CopyPartAsync(PickedLines picked, long count, string blob, CancellationToken cancellationToken)
    {
        SequenceWriter sequences = new();
        IBlobWriter writer = await blobs.CreateAsync(blob, cancellationToken).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            ArrayBufferWriter<byte> buffer = new(RequestWriter.FlushAt * 2);
            for (long line = 0; line < count && await picked.MoveNextAsync(cancellationToken).ConfigureAwait(false); line++)
            {
                sequences.Add(picked.Sequence);
                buffer.Write(picked.Json);
                buffer.Write("\n"u8);
                if (buffer.WrittenCount >= RequestWriter.FlushAt)
                    await FlushAsync(buffer, writer.Stream, cancellationToken).ConfigureAwait(false);
            }

            await FlushAsync(buffer, writer.Stream, cancellationToken).ConfigureAwait(false);
            await PublishAsync(InputBlobs.SequencesOf(blob), sequences, cancellationToken).ConfigureAwait(false);
            await writer.PublishAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PublishAsync(string blob, SequenceWriter sequences, CancellationToken cancellationToken)
    {
        IBlobWriter writer = await blobs.CreateAsync(blob, cancellationToken).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            await writer.Stream.WriteAsync(sequences.Written, cancellationToken).ConfigureAwait(false);
            await writer.PublishAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task FlushAsync(ArrayBufferWriter<byte> buffer, Stream target, CancellationToken cancellationToken)
    {
        await target.WriteAsync(buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
        buffer.ResetWrittenCount();
    }
}
