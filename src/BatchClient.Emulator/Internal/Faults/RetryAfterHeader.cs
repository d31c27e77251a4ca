using System.Globalization;

namespace BatchGateway.Emulator.Internal;

internal static class RetryAfterHeader
{
    /// <summary>An answer with a <c>Retry-After</c> in one of its two forms, or with none.</summary>
    public static Reply WithRetryAfter(this Reply reply, TimeSpan? retryAfter, DateTimeOffset? retryAfterDate)
    {
        if (retryAfter is not null && retryAfterDate is not null)
            throw new ArgumentException("Retry-After has one form at a time: seconds or a date.", nameof(retryAfterDate));
        if (retryAfter is { } delay)
            ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero, nameof(retryAfter));
        return Format(retryAfter, retryAfterDate) is { } value ? reply.With("Retry-After", value) : reply;
    }

    private static string? Format(TimeSpan? delay, DateTimeOffset? date)
    {
        if (date is { } at)
            return at.ToString("R", CultureInfo.InvariantCulture);
        return delay is { } by ? Math.Ceiling(by.TotalSeconds).ToString(CultureInfo.InvariantCulture) : null;
    }
}
