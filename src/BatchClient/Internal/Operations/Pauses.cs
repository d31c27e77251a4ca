namespace BatchGateway.Internal.Operations;

/// <summary>Pauses between looks that grow to a longest one.</summary>
internal static class Pauses
{
    public static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    public static TimeSpan Next(TimeSpan pause, double growth, TimeSpan longest) => pause < longest / growth ? pause * growth : longest;

    /// <summary>A delay of any length, where a timer has 49 days at most.</summary>
    public static async Task DelayAsync(TimeSpan delay, TimeProvider clock, CancellationToken cancellationToken)
    {
        for (; delay > LongestTimer; delay -= LongestTimer)
            await Task.Delay(LongestTimer, clock, cancellationToken).ConfigureAwait(false);
        await Task.Delay(delay, clock, cancellationToken).ConfigureAwait(false);
    }
}
