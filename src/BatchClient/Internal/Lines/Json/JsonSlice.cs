using System.Text;
using System.Text.Json;
using BatchGateway.Internal.Json;

namespace BatchGateway.Internal.Lines;

/// <summary>
/// Where a scalar's text, or any other value, stands in a line: of a string what is between its quotes. <see langword="default"/> is none.
/// </summary>
internal readonly struct JsonSlice
{
    // A line has at most 64 MiB, so a length leaves these bits free: every result line in memory holds a slice.
    private const int StringBit = 1 << 30;
    private const int EscapedBit = 1 << 29;

    private readonly int _lengthAndBits;

    public JsonSlice(int start, int length, bool isString = false, bool isEscaped = false)
    {
        Start = start;
        _lengthAndBits = length | (isString ? StringBit : 0) | (isEscaped ? EscapedBit : 0);
    }

    public int Start { get; }

    public int Length => _lengthAndBits & ~(StringBit | EscapedBit);

    public bool IsString => (_lengthAndBits & StringBit) != 0;

    public bool IsEscaped => (_lengthAndBits & EscapedBit) != 0;

    /// <summary>Whether there is a value at all: a string begins behind a quote, and any other value of a line behind a brace.</summary>
    public bool IsThere => Start > 0;

    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> line) => line.Slice(Start, Length);

    public ReadOnlyMemory<byte> In(ReadOnlyMemory<byte> line) => line.Slice(Start, Length);

    /// <summary>The value as it stands in the line: a string with its quotes.</summary>
    public ReadOnlySpan<byte> JsonIn(ReadOnlySpan<byte> line) => IsString ? line.Slice(Start - 1, Length + 2) : In(line);

    /// <summary>The text; null when there is none. Half of a surrogate pair leaves the text as it stands in the line.</summary>
    public string? TextIn(ReadOnlySpan<byte> line)
    {
        if (!IsThere)
            return null;
        if (!IsEscaped)
            return Encoding.UTF8.GetString(In(line));

        Utf8JsonReader reader = new(JsonIn(line));
        reader.Read();
        return reader.ReadString();
    }

    /// <summary>Writes the text of an escaped string as UTF-8.</summary>
    /// <param name="line">The line.</param>
    /// <param name="target">At least as long as this.</param>
    /// <param name="length">How many bytes were written.</param>
    /// <returns>False when the escapes name half of a surrogate pair.</returns>
    public bool TryUnescape(ReadOnlySpan<byte> line, Span<byte> target, out int length)
    {
        length = 0;
        try
        {
            Utf8JsonReader reader = new(JsonIn(line));
            reader.Read();
            length = reader.CopyString(target);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The value under the reader, which stands at its beginning and is left at its end; none for null.</summary>
    public static JsonSlice Of(ref Utf8JsonReader reader)
    {
        int start = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return default;
            case JsonTokenType.String:
                return new JsonSlice(start + 1, reader.ValueSpan.Length, isString: true, reader.ValueIsEscaped);
            default:
                reader.Skip();
                return new JsonSlice(start, (int)reader.BytesConsumed - start);
        }
    }
}
