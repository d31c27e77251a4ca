using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Clock;

[CancelAfter(60_000)]
public sealed class AutoAdvancingClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task Delay_OfADay_EndsByItself()
    {
        EmulatorClock clock = EmulatorClock.AutoAdvancing();

        await Task.Delay(TimeSpan.FromHours(24), clock);

        Assert.That(clock.GetUtcNow(), Is.EqualTo(Start.AddHours(24)));
    }

    [Test]
    public async Task Delay_AThousandTimes_AddsUpExactly()
    {
        EmulatorClock clock = EmulatorClock.AutoAdvancing();

        for (int i = 0; i < 1000; i++)
            await Task.Delay(TimeSpan.FromMinutes(1), clock);

        Assert.That(clock.GetUtcNow(), Is.EqualTo(Start.AddMinutes(1000)));
    }

    [Test]
    public async Task Delay_ManyAtOnce_NoneIsShorterThanAsked()
    {
        EmulatorClock clock = EmulatorClock.AutoAdvancing();

        TimeSpan[] late = await Task.WhenAll(Enumerable.Range(1, 200).Select(LatenessAsync));

        Assert.That(late, Has.All.GreaterThanOrEqualTo(TimeSpan.Zero));

        async Task<TimeSpan> LatenessAsync(int hours)
        {
            DateTimeOffset due = clock.GetUtcNow().AddHours(hours);
            await Task.Delay(TimeSpan.FromHours(hours), clock).ConfigureAwait(false);
            return clock.GetUtcNow() - due;
        }
    }

    [Test]
    public async Task PeriodicTimer_AwaitedThrice_TakesThreePeriods()
    {
        EmulatorClock clock = EmulatorClock.AutoAdvancing();
        using PeriodicTimer timer = new(TimeSpan.FromMinutes(5), clock);

        for (int i = 0; i < 3; i++)
            Assert.That(await timer.WaitForNextTickAsync(), Is.True);

        Assert.That(clock.GetUtcNow(), Is.GreaterThanOrEqualTo(Start.AddMinutes(15)));
    }

    [Test]
    public async Task CancellationTokenSource_WithATimeout_IsNotWaitedFor()
    {
        EmulatorClock clock = EmulatorClock.AutoAdvancing();
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(100), clock);

        await Task.Delay(TimeSpan.FromSeconds(99), clock);
        await Pool.LetItWorkAsync();

        Assert.That(limit.IsCancellationRequested, Is.False);
        Assert.That(clock.GetUtcNow(), Is.EqualTo(Start.AddSeconds(99)));
    }

    [Test]
    public async Task CancellationTokenSource_PassedByAWait_IsCancelled()
    {
        EmulatorClock clock = EmulatorClock.AutoAdvancing();
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(100), clock);
        DateTimeOffset cancelledAt = default;
        limit.Token.Register(() => cancelledAt = clock.GetUtcNow());

        await Task.Delay(TimeSpan.FromSeconds(200), clock);

        Assert.That(cancelledAt, Is.EqualTo(Start.AddSeconds(100)));
    }

    [Test]
    public async Task WaitAsync_WithATimeout_IsNotWaitedFor()
    {
        EmulatorClock clock = EmulatorClock.AutoAdvancing();
        TaskCompletionSource work = new();
        Task limited = work.Task.WaitAsync(TimeSpan.FromSeconds(10), clock);

        await Task.Delay(TimeSpan.FromSeconds(9), clock);
        await Pool.LetItWorkAsync();
        work.SetResult();

        await limited;
        Assert.That(clock.GetUtcNow(), Is.EqualTo(Start.AddSeconds(9)));
    }

    [Test]
    public void Advance_WithNobodyWaiting_FiresLimitsToo()
    {
        EmulatorClock clock = EmulatorClock.AutoAdvancing();
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(100), clock);

        clock.Advance(TimeSpan.FromSeconds(100));

        Assert.That(limit.IsCancellationRequested, Is.True);
    }

    [Test]
    public async Task Delay_Cancelled_LetsTheClockRest()
    {
        EmulatorClock clock = EmulatorClock.AutoAdvancing();
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();

        Assert.That(async () => await Task.Delay(TimeSpan.FromDays(1), clock, cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
        await Task.Delay(TimeSpan.FromSeconds(1), clock);

        Assert.That(clock.GetUtcNow(), Is.EqualTo(Start.AddSeconds(1)));
    }
}
