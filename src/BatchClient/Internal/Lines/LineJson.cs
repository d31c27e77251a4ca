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
}
