using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BatchGateway.Internal.Json;

/// <summary>
/// Reads a time from unix seconds, also with a fraction or as a string, unix milliseconds, or ISO 8601. Zero is "not set", and so is
/// what cannot be read. Writes unix seconds, and as text what would not be read back from them.
/// </summary>
internal sealed class TolerantTimeConverter : JsonConverter<DateTimeOffset?>
{
    // In seconds this is the year 5138; in milliseconds 1973.
    private const decimal FirstMilliseconds = 100_000_000_000m;

    private static readonly DateTimeOffset FirstNotInSeconds = DateTimeOffset.FromUnixTimeSeconds((long)FirstMilliseconds);

    private static readonly decimal LastMilliseconds = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long whole))
            return FromUnix(whole);

        string? text = TolerantStringConverter.ReadText(ref reader);
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number))
            return FromUnix(number);

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time.ToUniversalTime()
            : null;
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options)
    {
        if (value is not { } time)
            writer.WriteNullValue();
        else if (time <= DateTimeOffset.UnixEpoch || time >= FirstNotInSeconds)
            writer.WriteStringValue(time);
        else if (time.Ticks % TimeSpan.TicksPerSecond == 0)
            writer.WriteNumberValue(time.ToUnixTimeSeconds());
        else
            writer.WriteNumberValue((time - DateTimeOffset.UnixEpoch).Ticks / (decimal)TimeSpan.TicksPerSecond);
    }

    /// <summary>Seconds, or milliseconds where seconds would be absurd.</summary>
    public static DateTimeOffset? FromUnix(long number) => number is > 0 and < (long)FirstMilliseconds
        ? DateTimeOffset.FromUnixTimeSeconds(number)
        : FromUnix((decimal)number);

    private static DateTimeOffset? FromUnix(decimal number)
    {
        if (number <= 0)
            return null;

        decimal milliseconds = number >= FirstMilliseconds ? number : number * 1000;
        if (milliseconds > LastMilliseconds)
            return null;

        return DateTimeOffset.UnixEpoch.AddTicks((long)(milliseconds * TimeSpan.TicksPerMillisecond));
    }
}
