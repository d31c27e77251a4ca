using System.Collections.ObjectModel;
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

    public static JsonElement? Write(IReadOnlyDictionary<string, string> pairs) =>
        JsonSerializer.SerializeToElement(pairs, BatchJsonContext.Default.IReadOnlyDictionaryStringString);

    /// <summary>The pairs as one line of ASCII JSON, as a header wants it.</summary>
    public static string WriteHeader(IReadOnlyDictionary<string, string> pairs) =>
        JsonSerializer.Serialize(pairs, BatchJsonContext.Default.IReadOnlyDictionaryStringString);
}
