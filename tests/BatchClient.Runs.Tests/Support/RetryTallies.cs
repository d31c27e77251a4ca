using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Tests.Support;

/// <summary>A tally as the whole of a shard's facts.</summary>
internal static class RetryTallies
{
    public static string Write(RetryTally tally) => $"{tally.Expiries} {tally.Refusals}";

    public static RetryTally Read(string? facts) =>
        facts?.Split(' ') is [var expiries, var refusals] ? new RetryTally(int.Parse(expiries, null), int.Parse(refusals, null)) : default;
}
