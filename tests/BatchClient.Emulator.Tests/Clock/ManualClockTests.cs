namespace BatchGateway.Emulator.Tests.Clock;

public sealed class ManualClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly EmulatorClock _clock = EmulatorClock.Manual();

    [Test]
    public void GetUtcNow_AtFirst_IsTheDocumentedStart() => Assert.That(EmulatorClock.Manual().GetUtcNow(), Is.EqualTo(Start));

    [Test]
    public void GetUtcNow_WithAStartOfItsOwn_IsThatStart()
    {
        DateTimeOffset start = new(2030, 5, 6, 7, 8, 9, TimeSpan.FromHours(2));

        EmulatorClock clock = EmulatorClock.Manual(start);

        Assert.That(clock.GetUtcNow(), Is.EqualTo(start));
        Assert.That(clock.GetUtcNow().Offset, Is.EqualTo(TimeSpan.Zero));
        Assert.That(clock.LocalTimeZone, Is.EqualTo(TimeZoneInfo.Utc));
    }

    [Test]
    public void Advance_BeyondTheEndOfTime_IsRefusedAndNothingMoves()
    {
        Assert.That(() => _clock.Advance(TimeSpan.MaxValue), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(_clock.GetUtcNow(), Is.EqualTo(Start));
    }

    [Test]
    public void Advance_ByHours_MovesTimeAndTimestampAlike()
    {
        EmulatorClock clock = EmulatorClock.Manual();
        long before = clock.GetTimestamp();

        clock.Advance(TimeSpan.FromHours(3));

        Assert.That(clock.GetUtcNow(), Is.EqualTo(Start.AddHours(3)));
        Assert.That(clock.GetElapsedTime(before), Is.EqualTo(TimeSpan.FromHours(3)));
        Assert.That(clock.TimestampFrequency, Is.EqualTo(TimeSpan.TicksPerSecond));
    }

    [Test]
    public void Advance_Backwards_Throws() =>
        Assert.That(() => _clock.Advance(TimeSpan.FromTicks(-1)), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void Advance_OverSeveralTimers_FiresEachAtItsOwnTimeInOrder()
    {
        EmulatorClock clock = EmulatorClock.Manual();
        List<(string Name, DateTimeOffset At)> fired = [];
        using ITimer late = clock.CreateTimer(_ => fired.Add(("late", clock.GetUtcNow())), null, TimeSpan.FromSeconds(9), Timeout.InfiniteTimeSpan);
        using ITimer early = clock.CreateTimer(_ => fired.Add(("early", clock.GetUtcNow())), null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        using ITimer never = clock.CreateTimer(_ => fired.Add(("never", default)), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.That(fired, Is.EqualTo(new[] { ("early", Start.AddSeconds(3)), ("late", Start.AddSeconds(9)) }));
        Assert.That(clock.GetUtcNow(), Is.EqualTo(Start.AddSeconds(10)));
    }

    [Test]
    public void Advance_ShortOfATimer_DoesNotFireIt()
    {
        EmulatorClock clock = EmulatorClock.Manual();
        int fired = 0;
        using ITimer timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        Assert.That(fired, Is.Zero);

        clock.Advance(TimeSpan.FromTicks(1));
        Assert.That(fired, Is.EqualTo(1));
    }

    [Test]
    public void Advance_OverAPeriodicTimer_FiresOncePerPeriod()
    {
        EmulatorClock clock = EmulatorClock.Manual();
        List<DateTimeOffset> fired = [];
        using ITimer timer = clock.CreateTimer(_ => fired.Add(clock.GetUtcNow()), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        clock.Advance(TimeSpan.FromSeconds(6));

        Assert.That(fired, Is.EqualTo(new[] { Start.AddSeconds(1), Start.AddSeconds(3), Start.AddSeconds(5) }));
    }

    [Test]
    public void Advance_FromWithinATimer_AddsToTheAdvance()
    {
        EmulatorClock clock = EmulatorClock.Manual();
        using ITimer timer = clock.CreateTimer(_ => clock.Advance(TimeSpan.FromSeconds(5)), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.That(clock.GetUtcNow(), Is.EqualTo(Start.AddSeconds(7)));
    }

    [Test]
    public void Advance_FromManyThreads_LosesNothing()
    {
        EmulatorClock clock = EmulatorClock.Manual();
        int fired = 0;
        using ITimer timer = clock.CreateTimer(_ => Interlocked.Increment(ref fired), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        Parallel.For(0, 100, _ => clock.Advance(TimeSpan.FromSeconds(1)));

        Assert.That(clock.GetUtcNow(), Is.EqualTo(Start.AddSeconds(100)));
        Assert.That(fired, Is.EqualTo(100));
    }

    [Test]
    public void Change_OfATimer_ReplacesItsDueTime()
    {
        EmulatorClock clock = EmulatorClock.Manual();
        int fired = 0;
        using ITimer timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        Assert.That(timer.Change(TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan), Is.True);
        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.That(fired, Is.Zero);

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(fired, Is.EqualTo(1));
    }

    [Test]
    public void Change_ToInfinite_StopsTheTimer()
    {
        EmulatorClock clock = EmulatorClock.Manual();
        int fired = 0;
        using ITimer timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        timer.Change(Timeout.InfiniteTimeSpan, TimeSpan.FromSeconds(1));
        clock.Advance(TimeSpan.FromHours(1));

        Assert.That(fired, Is.Zero);
    }

    [Test]
    public async Task Dispose_OfATimer_SilencesItForGood()
    {
        EmulatorClock clock = EmulatorClock.Manual();
        int fired = 0;
        ITimer timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        await timer.DisposeAsync();
        clock.Advance(TimeSpan.FromHours(1));

        Assert.That(fired, Is.Zero);
        Assert.That(timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan), Is.False);
    }

    [Test]
    public async Task CreateTimer_DueAtOnce_FiresWithoutAnAdvance()
    {
        EmulatorClock clock = EmulatorClock.Manual();
        TaskCompletionSource fired = new();
        using ITimer timer = clock.CreateTimer(_ => fired.TrySetResult(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        await fired.Task;

        Assert.That(clock.GetUtcNow(), Is.EqualTo(Start));
    }

    [TestCase(-2)]
    [TestCase(4294967295)]
    public void CreateTimer_DueOutOfRange_Throws(double milliseconds) => Assert.That(
        () => _clock.CreateTimer(_ => { }, null, TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan),
        Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void Advance_OverADelay_CompletesIt()
    {
        EmulatorClock clock = EmulatorClock.Manual();
        Task delay = Task.Delay(TimeSpan.FromHours(24), clock);
        Assert.That(delay.IsCompleted, Is.False);

        clock.Advance(TimeSpan.FromHours(24));

        Assert.That(delay.IsCompletedSuccessfully, Is.True);
    }

    [Test]
    public void Advance_OverALoopOfDelays_RunsTheWholeLoop()
    {
        EmulatorClock clock = EmulatorClock.Manual();
        int rounds = 0;
        Task loop = LoopAsync();

        clock.Advance(TimeSpan.FromMinutes(60));

        Assert.That(rounds, Is.EqualTo(60));
        Assert.That(loop.IsCompletedSuccessfully, Is.True);

        async Task LoopAsync()
        {
            while (rounds < 60)
            {
                await Task.Delay(TimeSpan.FromMinutes(1), clock).ConfigureAwait(false);
                rounds++;
            }
        }
    }
}
