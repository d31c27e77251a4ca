namespace BatchGateway.Runs.Internal;

/// <summary>Says which lines of the input the lines of a shard are, one after the other.</summary>
internal sealed class SequenceReader
{
    private readonly byte[]? _gaps;
    private int _position;

    private SequenceReader(long before, byte[]? gaps) => (Current, _gaps) = (before, gaps);

    public long Current { get; private set; }

    /// <summary>Lines that follow each other.</summary>
    public static SequenceReader From(long first) => new(first - 1, null);

    /// <summary>Picked lines, as <see cref="SequenceWriter"/> has written them: a byte or two for each.</summary>
    public static async Task<SequenceReader> OpenAsync(IBlobStore blobs, string blob, CancellationToken cancellationToken)
    {
        Stream content = await blobs.OpenAsync(blob, cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            byte[] gaps = new byte[content.Length];
            await content.ReadExactlyAsync(gaps, cancellationToken).ConfigureAwait(false);
            return new SequenceReader(-1, gaps);
        }
    }

    /// <summary>Goes to the next one; false when no more are known.</summary>
    public bool TryNext()
    {
        if (_gaps is null)
        {
            Current++;
            return true;
        }

        ulong gap = 0;
        for (int shift = 0; _position < _gaps.Length && shift < 64; shift += 7)
        {
            byte next = _gaps[_position++];
            gap |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                Current += 1 + (long)gap;
                return true;
            }
        }

        return false;
    }
}
