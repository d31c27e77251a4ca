using System.Net;

namespace BatchGateway.Emulator.Tests.Support;

/// <summary>Bytes made up as they are sent: the same small block again and again.</summary>
internal sealed class PatternContent(long length) : HttpContent
{
    private static readonly byte[] Block = [.. Enumerable.Range(0, 64 * 1024).Select(index => (byte)(index * 7 + index / 256))];

    /// <summary>Whether some bytes are what the content has at a place.</summary>
    public static bool Matches(ReadOnlySpan<byte> bytes, long offset)
    {
        while (bytes.Length > 0)
        {
            ReadOnlySpan<byte> expected = Block.AsSpan((int)(offset % Block.Length));
            int count = Math.Min(expected.Length, bytes.Length);
            if (!bytes[..count].SequenceEqual(expected[..count]))
                return false;
            bytes = bytes[count..];
            offset += count;
        }

        return true;
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        for (long left = length; left > 0; left -= Block.Length)
            await stream.WriteAsync(Block.AsMemory(0, (int)Math.Min(left, Block.Length)));
    }

    protected override bool TryComputeLength(out long computed)
    {
        computed = length;
        return true;
    }
}
