using System.Text.Json;
using System.Text.Json.Serialization;

namespace BatchGateway.Runs.Chaos;

/// <summary>What processes tell each other, as JSON on one line.</summary>
internal static class Words
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { new JsonStringEnumConverter() } };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options)!;
}
