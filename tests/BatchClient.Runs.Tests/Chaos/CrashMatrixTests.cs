using BatchGateway.Emulator;
using BatchGateway.Runs.Chaos;

namespace BatchGateway.Runs.Tests.Chaos;

/// <summary>
/// The short form of the crash matrix: a worker is killed at every named step and at random moments, against a gateway in another process that loses
/// answers, and the gateway's ledger says what was paid.
/// </summary>
[Parallelizable(ParallelScope.All)]
public class CrashMatrixTests
{
    private const int Kills = 60;

    [TestCase(EmulatorPersonality.OpenAI, 1)]
    [TestCase(EmulatorPersonality.Documented, 1)]
#if NET10_0_OR_GREATER
    // Once more on one of the two runtimes is enough.
    [TestCase(EmulatorPersonality.OpenAI, 2)]
    [TestCase(EmulatorPersonality.Documented, 2)]
#endif
    public async Task RunAsync_KilledAtEveryStep_PaysNothingTwiceAndLosesNothing(EmulatorPersonality personality, int seed)
    {
        RoundSettings settings = RoundSettings.For(personality, seed, Kills);

        RoundReport report = await CrashMatrix.RunAsync(settings);

        Assert.That(report.Violations, Is.Empty);
        Assert.That(report.KilledAt, Is.SupersetOf(settings.Points));
        Assert.That(report.Kills, Is.GreaterThanOrEqualTo(Kills));
        if (personality != EmulatorPersonality.Documented)
            return;

        // Without a list both have happened to somebody.
        Assert.That(report.Attached, Is.GreaterThan(0));
        Assert.That(report.Abandoned, Is.GreaterThan(0));
    }
}
