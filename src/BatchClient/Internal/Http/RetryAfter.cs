using System.Net.Http.Headers;

namespace BatchGateway.Internal.Http;

/// <summary>How long an answer asks to wait.</summary>
internal static class RetryAfter
{
    /// <summary>
    /// Seconds as they are; a date against the answer's own <c>Date</c>, for the local clock may be wrong. Null when nothing is said.
    /// </summary>
    public static TimeSpan? Of(HttpResponseMessage response, TimeProvider clock)
    {
        if (response.Headers.RetryAfter is not { } wish)
            return null;

        TimeSpan delay = wish.Delta ?? Until(wish, response.Headers.Date ?? clock.GetUtcNow());
        return delay > TimeSpan.Zero ? delay : TimeSpan.Zero;
    }

    private static TimeSpan Until(RetryConditionHeaderValue wish, DateTimeOffset now) => (wish.Date ?? now) - now;
}
