using BatchGateway.Emulator;
using BatchGateway.Runs.Internal;
using BatchGateway.Runs.Tests.Support;

namespace BatchGateway.Runs.Tests.Internal.Engine;

public sealed class SteadyClockTests
{
    private readonly EmulatorClock _true = EmulatorClock.Manual();

    [Test]
    public void GetUtcNow_SetBack_GoesOnFromWhereItWas()
    {
        SetClock set = new(_true);
        SteadyClock steady = new(set);
        DateTimeOffset start = steady.GetUtcNow();
        _true.Advance(TimeSpan.FromMinutes(1));
        set.Set(TimeSpan.FromDays(-30));
        _true.Advance(TimeSpan.FromMinutes(1));

        Assert.That(steady.GetUtcNow() - start, Is.EqualTo(TimeSpan.FromMinutes(2)));
    }

    [Test]
    public void GetUtcNow_SetForward_Follows()
    {
        SetClock set = new(_true);
        SteadyClock steady = new(set);
        DateTimeOffset start = steady.GetUtcNow();

        set.Set(TimeSpan.FromDays(1));
        Assert.That(steady.GetUtcNow() - start, Is.EqualTo(TimeSpan.FromDays(1)));
        set.Set(TimeSpan.FromDays(-2));
        _true.Advance(TimeSpan.FromHours(1));

        Assert.That(steady.GetUtcNow() - start, Is.EqualTo(TimeSpan.FromHours(25)));
    }
}
