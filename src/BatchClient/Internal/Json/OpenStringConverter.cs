using System.Text.Json;
using System.Text.Json.Serialization;

namespace BatchGateway.Internal.Json;

/// <summary>Reads an open string from whatever scalar stands there, and writes it as it was.</summary>
internal sealed class OpenStringConverter<T> : JsonConverter<T> where T : struct, IOpenString<T>
{
    public override bool HandleNull => true;

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.FromWire(TolerantStringConverter.ReadText(ref reader));

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        string? text = value.ToString();
        if (string.IsNullOrEmpty(text))
            writer.WriteNullValue();
        else
            writer.WriteStringValue(text);
    }
}
