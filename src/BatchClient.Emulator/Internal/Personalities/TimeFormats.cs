using System.Globalization;

namespace BatchGateway.Emulator.Internal;

/// <summary>The ways to write a time.</summary>
internal static class TimeFormats
{
    public static JsonScalar UnixSeconds(DateTimeOffset time) => JsonScalar.Of(time.ToUnixTimeSeconds());

    /// <summary>Such as <c>2024-07-19T17:13:57.2491382+00:00</c>.</summary>
    public static JsonScalar Iso8601(DateTimeOffset time) =>
        JsonScalar.Of(time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture));
}
