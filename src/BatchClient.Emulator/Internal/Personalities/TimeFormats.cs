using System.Globalization;
using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

/// <summary>The ways to write a time.</summary>
internal static class TimeFormats
{
    public static void UnixSeconds(Utf8JsonWriter json, DateTimeOffset time) => json.WriteNumberValue(time.ToUnixTimeSeconds());

    /// <summary>Such as <c>2024-07-19T17:13:57.2491382+00:00</c>.</summary>
    public static void Iso8601(Utf8JsonWriter json, DateTimeOffset time) =>
        json.WriteStringValue(time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture));
}
