using System.Text.Json;

namespace BatchGateway.Internal.Lines;

/// <summary>
/// How deep the JSON of a line may be: as deep as a <see cref="Utf8JsonWriter"/> writes, for a paid line must not be lost to a default of
/// 64.
/// </summary>
internal static class LineJson
{
    private const int MaxDepth = 1000;

    public static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = MaxDepth };

    public static readonly JsonDocumentOptions DocumentOptions = new() { MaxDepth = MaxDepth };

    /// <summary>Whether the bytes are one JSON value and nothing else.</summary>
    public static bool IsValid(ReadOnlySpan<byte> json)
    {
        try
        {
            Utf8JsonReader reader = new(json, ReaderOptions);
            while (reader.Read())
                reader.Skip();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
