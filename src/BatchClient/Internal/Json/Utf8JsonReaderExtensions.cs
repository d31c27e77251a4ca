using System.Text;
using System.Text.Json;

namespace BatchGateway.Internal.Json;

internal static class Utf8JsonReaderExtensions
{
    /// <summary>Whether a member has this name. A name that is no text, such as half of a surrogate pair, is another one.</summary>
    public static bool NameIs(this ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        try
        {
            return reader.ValueTextEquals(name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>
    /// The string under the reader. Broken UTF-8 or a lone surrogate, at which <see cref="Utf8JsonReader.GetString"/> throws,
    /// becomes U+FFFD.
    /// </summary>
    public static string ReadString(this ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }
}
