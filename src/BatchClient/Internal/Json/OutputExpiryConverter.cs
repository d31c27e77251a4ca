using System.Text.Json;
using System.Text.Json.Serialization;

namespace BatchGateway.Internal.Json;

/// <summary>A duration as <c>{"anchor":"created_at","seconds":3600}</c>.</summary>
internal sealed class OutputExpiryConverter : JsonConverter<TimeSpan?>
{
    public override TimeSpan? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonElement.ParseValue(ref reader).TryGetMember("seconds"u8, out JsonElement seconds) && seconds.TryGetInt64(out long value)
            ? TimeSpan.FromSeconds(value)
            : null;

    public override void Write(Utf8JsonWriter writer, TimeSpan? value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("anchor"u8, "created_at"u8);
        writer.WriteNumber("seconds"u8, (long)value.GetValueOrDefault().TotalSeconds);
        writer.WriteEndObject();
    }
}
