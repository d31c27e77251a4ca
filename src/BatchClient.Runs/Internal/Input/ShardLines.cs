using System.Runtime.CompilerServices;

namespace BatchGateway.Runs.Internal;

/// <summary>The lines of a shard in their order, without an allocation for each.</summary>
internal static class ShardLines
{
    /// <exception cref="InvalidDataException">The blob does not hold the lines that the shard has.</exception>
    /// <exception cref="FileNotFoundException">The blob is gone.</exception>
    public static async IAsyncEnumerable<ShardLine> ReadAsync(
        IBlobStore blobs, ShardRow shard, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        byte[] customId = [];
        ShardLineReader lines = await ShardLineReader.OpenAsync(blobs, shard, cancellationToken).ConfigureAwait(false);
        await using (lines.ConfigureAwait(false))
        {
            while (await lines.MoveNextAsync(cancellationToken).ConfigureAwait(false))
                yield return new ShardLine(lines.Sequence, lines.Offset, lines.Length, CopyId(lines, ref customId));
        }
    }

    private static ReadOnlyMemory<byte> CopyId(ShardLineReader lines, ref byte[] target)
    {
        ReadOnlySpan<byte> id = lines.CustomId;
        if (target.Length < id.Length)
            target = new byte[Math.Max(id.Length, 64)];
        id.CopyTo(target);
        return target.AsMemory(0, id.Length);
    }
}
