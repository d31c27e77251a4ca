using System.Text.Json;
using System.Text.Json.Serialization;

namespace BatchGateway.Internal.Json;

/// <summary>Reads the id of a file that may not exist: some gateways say <c>""</c> or <c>"None"</c> where they mean null.</summary>
internal sealed class FileIdConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TolerantStringConverter.ReadText(ref reader) is { Length: > 0 } id && id != "None" ? id : null;

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
