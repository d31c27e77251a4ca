using System.Runtime.CompilerServices;

namespace BatchGateway.Internal.Lines;

/// <summary>
/// Cuts a stream into lines, in memory that holds one line at a time. Knows LF, CRLF, a BOM and a missing last line feed.
/// </summary>
internal static class JsonLineReader
{
    /// <summary>The longest line that is read; a longer one is passed over.</summary>
    public const int LongestLine = 64 << 20;

    private const int FirstBuffer = 128 << 10;

    public static async IAsyncEnumerable<JsonLine> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[FirstBuffer];
        int start = 0, end = 0, searched = 0;
        long number = 0, offset = 0, skipped = 0;
        while (true)
        {
            int newline = buffer.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            newline = newline < 0 ? newline : newline + searched;
            if (newline < 0)
            {
                (buffer, start, end, skipped) = MakeRoom(buffer, start, end, skipped);
                searched = end;
                int read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken).ConfigureAwait(false);
                end += read;
                if (read > 0)
                    continue;
                if (end == start && skipped == 0)
                    yield break;

                newline = end - start;
            }

            long length = skipped + newline;
            yield return new JsonLine(++number, offset, Trim(buffer.AsSpan(start, skipped > 0 ? 0 : newline), number).ToArray(), skipped > 0);
            offset += length + 1;
            start = Math.Min(start + newline + 1, end);
            skipped = 0;
            searched = 0;
        }
    }

    /// <summary>
    /// Moves what is left to the front and grows the buffer; what has grown beyond the longest line is dropped and counted.
    /// </summary>
    private static (byte[] Buffer, int Start, int End, long Skipped) MakeRoom(byte[] buffer, int start, int end, long skipped)
    {
        int kept = end - start;
        if (skipped > 0 || kept > LongestLine)
            return (buffer, 0, 0, skipped + kept);

        byte[] target = kept == buffer.Length ? new byte[Math.Min(buffer.Length * 2L, LongestLine + 1L)] : buffer;
        buffer.AsSpan(start, kept).CopyTo(target);
        return (target, 0, kept, skipped);
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line, long number)
    {
        if (number == 1 && line.StartsWith("\uFEFF"u8))
            line = line[3..];
        return line is [.., (byte)'\r'] ? line[..^1] : line;
    }
}
