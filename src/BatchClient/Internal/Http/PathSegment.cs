using System.Buffers;
using System.Text;

namespace BatchGateway.Internal.Http;

/// <summary>An id as one segment of a path, escaped exactly once: what already is a percent-escape stays one.</summary>
internal static class PathSegment
{
    private static readonly SearchValues<char> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~");

    /// <summary>The id itself, when it can be a segment of a path.</summary>
    public static string Checked(string id, string parameterName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id, parameterName);
        return Uri.UnescapeDataString(id) is not ("." or "..")
            ? id
            : throw new ArgumentException($"'{id}' is no id: as a part of a path it would name another resource.", parameterName);
    }

    public static string Escape(string id) => id.AsSpan().IndexOfAnyExcept(Unreserved) < 0 ? id : EscapeOthers(id);

    private static string EscapeOthers(string id)
    {
        StringBuilder path = new(id.Length + 16);
        int start = 0;
        for (int i = 0; i < id.Length; i++)
        {
            if (!IsEscape(id.AsSpan(i)))
                continue;

            path.Append(Uri.EscapeDataString(id[start..i])).Append(id, i, 3);
            i += 2;
            start = i + 1;
        }

        return path.Append(Uri.EscapeDataString(id[start..])).ToString();
    }

    private static bool IsEscape(ReadOnlySpan<char> text) =>
        text.Length >= 3 && text[0] == '%' && char.IsAsciiHexDigit(text[1]) && char.IsAsciiHexDigit(text[2]);
}
