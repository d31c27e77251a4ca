using BatchGateway.Internal.Lines;

namespace BatchGateway.Runs.Internal;

/// <summary>Makes the input of one run durable, in a blob for each shard, and recognises it when it is given again.</summary>
/// <param name="blobs">The blobs of the run.</param>
internal sealed class InputSpool(IBlobStore blobs)
{
    /// <summary>Makes the table of the custom ids. One that finds all ids equal is as good, and slower.</summary>
    public Func<CustomIdSet> NewIds { get; init; } = () => new CustomIdSet(isFinal: false);

    /// <summary>
    /// Writes the lines, checked one by one and each byte once, to the blobs <c>shard/1</c> and so on. What an earlier try has left there is
    /// removed first, and after a failure nothing is left: never to be called for an input that is sealed.
    /// </summary>
    /// <exception cref="BatchInputException">A line cannot be sent, or there are too few: which one, and why.</exception>
    /// <exception cref="ArgumentException">No lines could keep to the limits.</exception>
    public async Task<SpooledInput> WriteAsync(
        IAsyncEnumerable<BatchRequestLine> lines, BatchLimits limits, CancellationToken cancellationToken = default)
    {
        limits.Checked(nameof(limits));
        await blobs.DeleteAllAsync(InputBlobs.Folder, cancellationToken).ConfigureAwait(false);
        InputWriter writer = new(blobs, limits, NewIds());
        try
        {
            await using (writer.ConfigureAwait(false))
                return await writer.WriteAsync(lines, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await blobs.DeleteAllAsync(InputBlobs.Folder, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Goes through lines that are given again as <see cref="WriteAsync"/> does, and writes nothing: beside those that were written, up to the first
    /// one that differs. Custom ids are not compared with each other: lines that have one twice are not those that were written.
    /// </summary>
    /// <param name="lines">The lines that are given; read once.</param>
    /// <param name="limits">What the provider allows in one batch.</param>
    /// <param name="shards">The shards of the input that was written, in their order.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="BatchInputException">A line cannot be sent: which one, and why.</exception>
    /// <exception cref="ArgumentException">No lines could keep to the limits.</exception>
    public async Task<InputComparison> CompareAsync(
        IAsyncEnumerable<BatchRequestLine> lines, BatchLimits limits, IReadOnlyList<ShardRow> shards, CancellationToken cancellationToken = default)
    {
        limits.Checked(nameof(limits));
        using InputEncoder encoder = new(limits, NewIds());
        using InputHash hash = new();
        long? difference = null;
        InputReader written = new(blobs, shards);
        await using (written.ConfigureAwait(false))
        {
            await foreach (BatchRequestLine line in lines.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                cancellationToken.ThrowIfCancellationRequested();
                RequestLine given = encoder.Append(line);
                if (difference is null
                    && (!await written.MoveNextAsync(cancellationToken).ConfigureAwait(false) || !encoder.Json(given).SequenceEqual(written.Json)))
                    difference = given.Number;
                if (encoder.Buffer.WrittenCount >= RequestWriter.FlushAt)
                    hash.Take(encoder.Buffer);
            }

            encoder.Parts.Balance();
            hash.Take(encoder.Buffer);
            if (difference is null && await written.MoveNextAsync(cancellationToken).ConfigureAwait(false))
                difference = encoder.Rules.Number + 1;
            return new InputComparison(hash.Seal(encoder.Rules.Number), difference);
        }
    }
}
