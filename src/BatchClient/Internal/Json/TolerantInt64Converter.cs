using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BatchGateway.Internal.Json;

/// <summary>Reads a whole number from a number, a number with a zero fraction or a numeric string; anything else is "not said".</summary>
internal sealed class TolerantInt64Converter : JsonConverter<long?>
{
    public override long? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadNumber(ref reader);

    public static long? ReadNumber(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number))
            return number;

        string? text = TolerantStringConverter.ReadText(ref reader);
        if (long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out number))
            return number;

        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value)
            && value == decimal.Truncate(value) && value is >= long.MinValue and <= long.MaxValue ? (long)value : null;
    }

    public override void Write(Utf8JsonWriter writer, long? value, JsonSerializerOptions options)
    {
        if (value is { } number)
            writer.WriteNumberValue(number);
        else
            writer.WriteNullValue();
    }
}
