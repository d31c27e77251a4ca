using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

/// <summary>The <c>output_expires_after</c> of a create call.</summary>
internal static class OutputExpiry
{
    private const string Member = "output_expires_after";

    public static TimeSpan? Read(JsonElement body, long leastSeconds, long mostSeconds)
    {
        if (!body.TryGetProperty(Member, out JsonElement expiry) || expiry.ValueKind == JsonValueKind.Null)
            return null;
        if (expiry.StringOrNull("anchor") != "created_at")
            throw new RefusedException(400, $"Invalid '{Member}.anchor': it must be 'created_at'.", $"{Member}.anchor", "invalid_value");
        if (SecondsOrNull(expiry) is not { } seconds || seconds < leastSeconds || seconds > mostSeconds)
            throw NotInRange(leastSeconds, mostSeconds);
        return TimeSpan.FromSeconds(seconds);
    }

    private static long? SecondsOrNull(JsonElement expiry) =>
        expiry.TryGetProperty("seconds", out JsonElement seconds) && seconds.ValueKind == JsonValueKind.Number && seconds.TryGetInt64(out long value)
            ? value
            : null;

    private static RefusedException NotInRange(long least, long most) =>
        new(400, $"Invalid '{Member}.seconds': expected {least} to {most}.", $"{Member}.seconds", "invalid_value");
}
