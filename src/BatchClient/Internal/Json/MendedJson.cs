using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace BatchGateway.Internal.Json;

/// <summary>
/// JSON whose texts are Unicode: U+FFFD stands where there was broken UTF-8 or half of an escaped surrogate pair. System.Text.Json reads over
/// these, and throws when somebody asks for the text, looks for a member, or writes what was read.
/// </summary>
internal static class MendedJson
{
    private const int EscapeLength = 6;

    /// <summary>The same bytes when there is nothing to mend, as nearly always.</summary>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> json)
    {
        ReadOnlyMemory<byte> valid = Utf8.IsValid(json.Span) ? json : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json.Span));
        return FindHalf(valid.Span, 0) < 0 ? valid : WithoutHalves(valid.ToArray());
    }

    private static byte[] WithoutHalves(byte[] json)
    {
        for (int half = FindHalf(json, 0); half >= 0; half = FindHalf(json, half + EscapeLength))
            "\\ufffd"u8.CopyTo(json.AsSpan(half));
        return json;
    }

    /// <summary>Where the next half of a pair without its other half is; -1 when there is none.</summary>
    private static int FindHalf(ReadOnlySpan<byte> json, int start)
    {
        for (int at = start; at < json.Length; at++)
        {
            int backslash = json[at..].IndexOf((byte)'\\');
            if (backslash < 0)
                return -1;

            at += backslash;
            bool isHigh = IsEscaped(json[at..], 0xD800);
            if (isHigh && IsEscaped(json[(at + EscapeLength)..], 0xDC00))
                at += (2 * EscapeLength) - 1;
            else if (isHigh || IsEscaped(json[at..], 0xDC00))
                return at;
            else
                at++;
        }

        return -1;
    }

    /// <summary>Whether an escape of one of the 1024 halves from this one on stands at the beginning.</summary>
    private static bool IsEscaped(ReadOnlySpan<byte> json, int first) =>
        json.Length >= EscapeLength && json.StartsWith("\\u"u8)
        && int.TryParse(json[2..EscapeLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int unit) && unit - first is >= 0 and < 1024;
}
