using System.Buffers;
using System.Text.Unicode;

namespace BatchGateway.Internal.Lines;

/// <summary>
/// Writes strings as JSON, in runs of what needs no escape. Only what must be escaped is, for the limit of a file is in bytes; and what a
/// server could take for the end of a line, for some cut files with functions that know more of those than LF.
/// </summary>
internal static class JsonText
{
    private const int BytesOfAChar = 3;

    /// <summary>Long texts go in stretches, so that the buffer need not have room for three times their length at once.</summary>
    private const int Stretch = 16 << 10;

    private static readonly SearchValues<char> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, ' ').Select(control => (char)control), '"', '\\', '\u007F']);

    private static readonly SearchValues<char> OtherLineEnds = SearchValues.Create("\u0085\u2028\u2029".AsSpan());

    /// <summary>Writes a text with its quotes. Half of a surrogate pair becomes U+FFFD.</summary>
    public static void Write(ArrayBufferWriter<byte> buffer, ReadOnlySpan<char> text)
    {
        buffer.Write("\""u8);
        while (!text.IsEmpty)
        {
            int plain = text.IndexOfAny(Escaped);
            WriteRun(buffer, plain < 0 ? text : text[..plain]);
            if (plain < 0)
                break;

            WriteEscape(buffer, text[plain]);
            text = text[(plain + 1)..];
        }

        buffer.Write("\""u8);
    }

    private static void WriteRun(ArrayBufferWriter<byte> buffer, ReadOnlySpan<char> run)
    {
        while (run.IndexOfAny(OtherLineEnds) is >= 0 and int end)
        {
            WritePlain(buffer, run[..end]);
            WriteEscape(buffer, run[end]);
            run = run[(end + 1)..];
        }

        WritePlain(buffer, run);
    }

    private static void WritePlain(ArrayBufferWriter<byte> buffer, ReadOnlySpan<char> run)
    {
        while (!run.IsEmpty)
        {
            ReadOnlySpan<char> part = run.Length <= Stretch ? run : run[..(char.IsHighSurrogate(run[Stretch - 1]) ? Stretch - 1 : Stretch)];
            Utf8.FromUtf16(part, buffer.GetSpan(part.Length * BytesOfAChar), out _, out int written);
            buffer.Advance(written);
            run = run[part.Length..];
        }
    }

    private static void WriteEscape(ArrayBufferWriter<byte> buffer, char c)
    {
        ReadOnlySpan<byte> escape = c switch
        {
            '"' => "\\\""u8,
            '\\' => "\\\\"u8,
            '\n' => "\\n"u8,
            '\r' => "\\r"u8,
            '\t' => "\\t"u8,
            '\b' => "\\b"u8,
            '\f' => "\\f"u8,
            _ => [(byte)'\\', (byte)'u', Hex(c >> 12), Hex(c >> 8), Hex(c >> 4), Hex(c)],
        };
        buffer.Write(escape);
    }

    private static byte Hex(int digit) => "0123456789abcdef"u8[digit & 0xF];
}
