using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace BatchGateway.Fuzz.Targets;

/// <summary>What a caller reads answers with.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(Mood))]
internal sealed partial class JsonMetadata : JsonSerializerContext
{
    public static JsonTypeInfo<JsonElement> Element => Default.JsonElement;
}
