using System.Text;
using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

/// <summary>A file of lines as one JSON array; memory holds one line. A line that is no JSON becomes a JSON string.</summary>
internal sealed class JsonArrayBody : ReplyBody
{
    private readonly string? _path;

    private JsonArrayBody(string? path, long length)
    {
        _path = path;
        Length = length;
    }

    public override long Length { get; }

    public override bool IsFileContent => true;

    /// <summary>The array for a file, read once for its length; an empty array without a file.</summary>
    public static JsonArrayBody Of(string? path)
    {
        long length = 0;
        foreach (byte[] piece in Pieces(path))
            length += piece.Length;
        return new JsonArrayBody(path, length);
    }

    public override Stream Open() => new PiecesStream(Pieces(_path));

    private static IEnumerable<byte[]> Pieces(string? path)
    {
        yield return "["u8.ToArray();
        if (path is not null)
        {
            using JsonlReader reader = new(path);
            for (bool isFirst = true; reader.TryRead(out ReadOnlyMemory<byte> line);)
            {
                if (Element(line) is not { } element)
                    continue;
                if (!isFirst)
                    yield return ","u8.ToArray();
                yield return element;
                isFirst = false;
            }
        }

        yield return "]"u8.ToArray();
    }

    /// <summary>A line as an element of the array; null for a blank line.</summary>
    private static byte[]? Element(ReadOnlyMemory<byte> line)
    {
        if (line.Span.Trim(" \t\r"u8).IsEmpty)
            return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return line.ToArray();
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetBytes(JsonText.Write(json => json.WriteStringValue(Encoding.UTF8.GetString(line.Span))));
        }
    }
}
