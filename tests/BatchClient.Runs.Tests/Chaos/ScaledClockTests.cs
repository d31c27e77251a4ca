using BatchGateway.Runs.Chaos;

namespace BatchGateway.Runs.Tests.Chaos;

public class ScaledClockTests
{
    [Test]
    public void GetUtcNow_OfTwoClocksWithOneBeginning_IsTheSameInstant()
    {
        Pace pace = new(DateTimeOffset.UtcNow - TimeSpan.FromMinutes(1), Factor: 120);

        DateTimeOffset first = pace.Clock().GetUtcNow();
        DateTimeOffset second = pace.Clock().GetUtcNow();

        Assert.That(first, Is.GreaterThanOrEqualTo(pace.Start + TimeSpan.FromHours(2)));
        Assert.That(second, Is.GreaterThanOrEqualTo(first));
    }

    [Test]
    public async Task CreateTimer_WaitOfTenMinutes_EndsWhenTheClockSaysSo()
    {
        ScaledClock clock = new(DateTimeOffset.UtcNow, factor: 60_000);
        long before = clock.GetTimestamp();

        await Task.Delay(TimeSpan.FromMinutes(10), clock);

        Assert.That(clock.GetElapsedTime(before), Is.GreaterThan(TimeSpan.FromMinutes(9)));
    }
}
