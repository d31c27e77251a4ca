namespace BatchGateway.Runs.Internal;

/// <summary>
/// A clock that is never behind what has passed since it was first looked at: when the system's is set back, a pause lasts no longer for that.
/// Set forward, it follows.
/// </summary>
internal sealed class SteadyClock(TimeProvider clock) : TimeProvider
{
    private readonly object _gate = new();
    private DateTimeOffset _now = clock.GetUtcNow();
    private long _at = clock.GetTimestamp();

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override long GetTimestamp() => clock.GetTimestamp();

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            // In this order: what passes between the two is counted once, and not added up.
            DateTimeOffset told = clock.GetUtcNow();
            long at = clock.GetTimestamp();
            DateTimeOffset passed = _now + clock.GetElapsedTime(_at, at);
            (_now, _at) = (told > passed ? told : passed, at);
            return _now;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(callback, state, dueTime, period);
}
