using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

/// <summary>The <c>output_expires_after</c> of a create call.</summary>
internal static class OutputExpiry
{
    private const string Member = "output_expires_after";
    private const long LeastSeconds = 3600;
    private const long MostSeconds = 2_592_000;

    public static TimeSpan? Read(JsonElement body)
    {
        if (!body.TryGetProperty(Member, out JsonElement expiry) || expiry.ValueKind == JsonValueKind.Null)
            return null;
        if (expiry.StringOrNull("anchor") != "created_at")
            throw new RefusedException(400, $"Invalid '{Member}.anchor': it must be 'created_at'.", $"{Member}.anchor", "invalid_value");
        if (!expiry.TryGetProperty("seconds", out JsonElement seconds) || !IsInRange(seconds, out long value))
            throw new RefusedException(400, $"Invalid '{Member}.seconds': expected {LeastSeconds} to {MostSeconds}.", $"{Member}.seconds", "invalid_value");
        return TimeSpan.FromSeconds(value);
    }

    private static bool IsInRange(JsonElement seconds, out long value)
    {
        value = 0;
        return seconds.ValueKind == JsonValueKind.Number && seconds.TryGetInt64(out value) && value is >= LeastSeconds and <= MostSeconds;
    }
}
