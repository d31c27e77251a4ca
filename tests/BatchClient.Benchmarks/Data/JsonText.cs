using System.Globalization;
using System.Text;

namespace BatchGateway.Benchmarks.Data;

/// <summary>Text as a JSON string, with the escapes that servers write.</summary>
internal static class JsonText
{
    /// <param name="json">Where to.</param>
    /// <param name="text">The text.</param>
    /// <param name="asciiOnly">Whether what is outside ASCII becomes \uXXXX, as some servers do it, or stays.</param>
    public static void Append(StringBuilder json, string text, bool asciiOnly)
    {
        json.Append('"');
        foreach (char c in text)
        {
            if (c == '\n')
                json.Append("\\n");
            else if (c is '"' or '\\')
                json.Append('\\').Append(c);
            else if (asciiOnly && !char.IsAscii(c))
                json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                json.Append(c);
        }

        json.Append('"');
    }
}
