using System.Globalization;

namespace BatchGateway.Benchmarks.Server;

internal sealed record RequestHead(string Method, string Path, long? Length, bool IsChunked)
{
    /// <summary>Reads the first line and the headers; null at the end of the connection.</summary>
    public static RequestHead? Read(SocketReader reader)
    {
        if (reader.ReadLine() is not { } first)
            return null;

        string[] words = first.Split(' ');
        long? length = null;
        bool isChunked = false;
        while (reader.ReadLine() is { Length: > 0 } header)
        {
            string[] parts = header.Split(':', 2);
            if (parts[0].Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                length = long.Parse(parts[1], CultureInfo.InvariantCulture);
            else if (parts[0].Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
                isChunked = true;
        }

        return new RequestHead(words[0], words[1], length, isChunked);
    }

    /// <summary>Reads the body and forgets it.</summary>
    /// <returns>Its length.</returns>
    public long Drain(SocketReader reader)
    {
        if (IsChunked)
            return DrainChunks(reader);

        reader.Skip(Length ?? 0);
        return Length ?? 0;
    }

    private static long DrainChunks(SocketReader reader)
    {
        long total = 0;
        while (long.Parse(reader.ReadLine()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and long size)
        {
            reader.Skip(size + 2);
            total += size;
        }

        reader.Skip(2);
        return total;
    }
}
