using System.Globalization;

namespace BatchGateway.Emulator.Internal;

internal static class RetryAfterHeader
{
    public static string? Format(TimeSpan? delay, DateTimeOffset? date)
    {
        if (date is { } at)
            return at.ToString("R", CultureInfo.InvariantCulture);
        return delay is { } by ? Math.Ceiling(by.TotalSeconds).ToString(CultureInfo.InvariantCulture) : null;
    }
}
