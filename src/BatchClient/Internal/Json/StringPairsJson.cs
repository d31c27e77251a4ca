using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace BatchGateway.Internal.Json;

/// <summary>A JSON object seen as pairs of strings.</summary>
internal static class StringPairsJson
{
    public static IReadOnlyDictionary<string, string> Read(JsonElement? json)
    {
        if (json is not { ValueKind: JsonValueKind.Object } element)
            return ReadOnlyDictionary<string, string>.Empty;

        Dictionary<string, string> pairs = [];
        foreach (JsonProperty member in element.EnumerateObject())
            pairs[member.ReadName()] = member.Value.ReadString();
        return pairs;
    }

    /// <summary>Reads an object that must have strings and nothing else.</summary>
    public static bool TryParse(string json, [NotNullWhen(true)] out IReadOnlyDictionary<string, string>? pairs)
    {
        pairs = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || document.RootElement.EnumerateObject().Any(member => member.Value.ValueKind != JsonValueKind.String))
                return false;

            pairs = Read(document.RootElement);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public static JsonElement? Write(IReadOnlyDictionary<string, string> pairs) =>
        JsonSerializer.SerializeToElement(pairs, BatchJsonContext.Default.IReadOnlyDictionaryStringString);

    /// <summary>The pairs as one line of ASCII JSON, as a header wants it.</summary>
    public static string WriteHeader(IReadOnlyDictionary<string, string> pairs) =>
        JsonSerializer.Serialize(pairs, BatchJsonContext.Default.IReadOnlyDictionaryStringString);
}
