namespace BatchGateway.Emulator.Tests.Clock;

public sealed class RealTimeClockTests
{
    [Test]
    public void GetUtcNow_Always_IsTheSystemsTime()
    {
        DateTimeOffset before = TimeProvider.System.GetUtcNow();
        DateTimeOffset now = EmulatorClock.RealTime().GetUtcNow();

        Assert.That(now, Is.InRange(before, TimeProvider.System.GetUtcNow()));
    }

    [Test]
    public void GetTimestamp_Always_IsTheSystemsTimestamp()
    {
        EmulatorClock clock = EmulatorClock.RealTime();
        long before = TimeProvider.System.GetTimestamp();

        Assert.That(clock.GetTimestamp(), Is.InRange(before, TimeProvider.System.GetTimestamp()));
        Assert.That(clock.TimestampFrequency, Is.EqualTo(TimeProvider.System.TimestampFrequency));
    }

    [Test]
    public async Task CreateTimer_DueAtOnce_Fires()
    {
        TaskCompletionSource fired = new();

        await using ITimer timer = EmulatorClock.RealTime().CreateTimer(_ => fired.TrySetResult(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        await fired.Task;
    }

    [Test]
    public void Advance_OfTheSystemsClock_Throws() =>
        Assert.That(() => EmulatorClock.RealTime().Advance(TimeSpan.FromSeconds(1)), Throws.InvalidOperationException);
}
