namespace BatchGateway.Runs.Tests.Support;

/// <summary>A machine's clock that somebody sets: the time of day jumps, and what is measured goes on.</summary>
internal sealed class SetClock(TimeProvider inner) : TimeProvider
{
    private long _by;

    public override TimeZoneInfo LocalTimeZone => inner.LocalTimeZone;

    public override long TimestampFrequency => inner.TimestampFrequency;

    public void Set(TimeSpan by) => Interlocked.Add(ref _by, by.Ticks);

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _by));

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);
}
