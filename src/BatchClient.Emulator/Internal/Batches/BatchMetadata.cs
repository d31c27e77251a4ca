using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

/// <summary>A batch's metadata, within OpenAI's limits.</summary>
internal static class BatchMetadata
{
    private const int MostPairs = 16;
    private const int LongestKey = 64;
    private const int LongestValue = 512;

    public static IReadOnlyList<KeyValuePair<string, string>>? Read(JsonElement body)
    {
        if (!body.TryGetProperty("metadata", out JsonElement metadata) || metadata.ValueKind == JsonValueKind.Null)
            return null;
        if (metadata.ValueKind != JsonValueKind.Object)
            throw Refused("expected an object.", "invalid_type");

        // As everywhere in JSON, of two members with one name the last one counts.
        List<KeyValuePair<string, string>> pairs = [.. metadata.EnumerateObject().Select(ReadPair).Reverse().DistinctBy(pair => pair.Key).Reverse()];
        return pairs.Count <= MostPairs
            ? pairs
            : throw Refused($"expected at most {MostPairs} pairs, got {pairs.Count}.", "object_above_max_properties");
    }

    private static KeyValuePair<string, string> ReadPair(JsonProperty pair)
    {
        if (pair.Value.ValueKind != JsonValueKind.String)
            throw Refused($"the value of '{pair.Name}' is not a string.", "invalid_type");
        if (pair.Name.Length > LongestKey)
            throw Refused($"a key has {pair.Name.Length} characters, the limit is {LongestKey}.", "string_above_max_length");

        string value = pair.Value.GetString()!;
        return value.Length <= LongestValue
            ? new(pair.Name, value)
            : throw Refused($"the value of '{pair.Name}' has {value.Length} characters, the limit is {LongestValue}.", "string_above_max_length");
    }

    private static RefusedException Refused(string why, string code) => new(400, $"Invalid 'metadata': {why}", "metadata", code);
}
