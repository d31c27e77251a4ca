using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace BatchGateway.Internal.Lines;

/// <summary>Looks for a custom id in lines that were written, piece by piece; the pieces count on.</summary>
internal sealed class RequestSearch
{
    private readonly LineCutter _lines = new();

    /// <summary>Looks through the beginning of a file.</summary>
    /// <returns>The number of the line; null when there is none.</returns>
    public long? Find(SafeFileHandle file, long length, ReadOnlySpan<byte> customId)
    {
        for (long position = 0; position < length;)
        {
            Span<byte> room = _lines.MakeRoom().Span;
            int read = RandomAccess.Read(file, room[..(int)Math.Min(room.Length, length - position)], position);
            if (read == 0)
                break;

            position += read;
            _lines.Filled(read);
            if (FindInLines(customId) is { } number)
                return number;
        }

        return null;
    }

    /// <summary>Looks through lines in memory.</summary>
    /// <returns>The number of the line; null when there is none.</returns>
    public long? Find(ReadOnlySpan<byte> lines, ReadOnlySpan<byte> customId)
    {
        while (!lines.IsEmpty)
        {
            Span<byte> room = _lines.MakeRoom().Span;
            int count = Math.Min(room.Length, lines.Length);
            lines[..count].CopyTo(room);
            lines = lines[count..];
            _lines.Filled(count);
            if (FindInLines(customId) is { } number)
                return number;
        }

        return null;
    }

    private long? FindInLines(ReadOnlySpan<byte> customId)
    {
        while (_lines.TryNext())
        {
            if (Has(_lines.Line, customId))
                return _lines.Number;
        }

        return null;
    }

    private static bool Has(ReadOnlySpan<byte> line, ReadOnlySpan<byte> customId)
    {
        JsonSlice id = CustomIdOf(line);
        if (!id.IsEscaped)
            return id.IsThere && id.In(line).SequenceEqual(customId);

        byte[] unescaped = new byte[id.Length];
        return id.TryUnescape(line, unescaped, out int length) && unescaped.AsSpan(0, length).SequenceEqual(customId);
    }

    /// <summary>The custom id as the rules have read it. Behind the line that is being checked there may be one that cannot be read.</summary>
    private static JsonSlice CustomIdOf(ReadOnlySpan<byte> line)
    {
        try
        {
            return RequestFacts.Of(line).CustomId;
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
