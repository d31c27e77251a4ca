using System.Text.Json;
using System.Text.Json.Serialization;

namespace BatchGateway.Runs.Internal;

/// <summary>The JSON that rows hold.</summary>
[JsonSourceGenerationOptions(
    // Nothing is left out: null is a value of its own where the default is another one.
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, IgnoreReadOnlyProperties = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ShardFacts))]
[JsonSerializable(typeof(RunSettings))]
[JsonSerializable(typeof(RunAddress))]
internal sealed partial class RunsJson : JsonSerializerContext
{
    public static string Write(ShardFacts facts) => JsonSerializer.Serialize(facts, Default.ShardFacts);

    public static string Write(RunSettings settings) => JsonSerializer.Serialize(settings, Default.RunSettings);

    public static string Write(RunAddress address) => JsonSerializer.Serialize(address, Default.RunAddress);

    public static ShardFacts ReadFacts(string json)
    {
        ShardFacts facts = JsonSerializer.Deserialize(json, Default.ShardFacts)!;
        // What an earlier version did not write is null here, whatever the types say.
        return facts with
        {
            EarlierBatches = facts.EarlierBatches ?? [],
            EarlierIntents = facts.EarlierIntents ?? [],
            SecondBatches = facts.SecondBatches ?? [],
        };
    }

    public static RunSettings ReadSettings(string json) => JsonSerializer.Deserialize(json, Default.RunSettings)!;
}
