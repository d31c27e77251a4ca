using BatchGateway.Emulator;
using BatchGateway.Runs.Chaos;
using BatchGateway.Runs.Chaos.Modes;

namespace BatchGateway.Runs.Tests.Chaos;

/// <summary>
/// The short form of the crash matrix: a worker is killed at every named step and at random moments, against a gateway in another process that loses
/// answers, and the gateway's ledger says what was paid.
/// </summary>
[Parallelizable(ParallelScope.All)]
public class CrashMatrixTests
{
#if NET10_0_OR_GREATER
    private const int Kills = 60;

    [TestCase(EmulatorPersonality.OpenAI, 1)]
    [TestCase(EmulatorPersonality.Documented, 1)]
    [TestCase(EmulatorPersonality.OpenAI, 2)]
    [TestCase(EmulatorPersonality.Documented, 2)]
#else
    // The whole of it on one of the two runtimes is enough: here every point, and little more.
    private const int Kills = 40;

    [TestCase(EmulatorPersonality.OpenAI, 3)]
#endif
    public async Task RunAsync_KilledAtEveryStep_PaysNothingTwiceAndLosesNothing(EmulatorPersonality personality, int seed)
    {
        RoundSettings settings = RoundSettings.For(personality, seed, Kills);

        RoundReport report = await CrashMatrix.RunAsync(settings);

        Assert.That(report.Violations, Is.Empty);
        Assert.That(report.KilledAt, Is.SupersetOf(settings.Points.Concat(settings.DeletionPoints)));
        Assert.That(report.Kills, Is.GreaterThanOrEqualTo(Kills));
        if (personality != EmulatorPersonality.Documented)
            return;

        // Without a list both have happened to somebody.
        Assert.That(report.Attached, Is.GreaterThan(0));
        Assert.That(report.Abandoned, Is.GreaterThan(0));
    }

#if NET10_0_OR_GREATER
    [TestCase(nameof(Scenario.Cancelled))]
    [TestCase(nameof(Scenario.PastItsDeadline))]
    [TestCase(nameof(Scenario.Expiring))]
    [TestCase(nameof(Scenario.BadLines))]
    public async Task RunAsync_ThatDoesNotGoWell_PaysNothingTwiceAndLosesNothing(string name)
    {
        Scenario scenario = Enum.Parse<Scenario>(name);
        RoundSettings settings = RoundSettings.For(scenario, EmulatorPersonality.OpenAI, seed: 1);

        RoundReport report = await CrashMatrix.RunAsync(settings);

        Assert.That(report.Violations, Is.Empty);
        Assert.That(report.KilledAt, Is.SupersetOf(settings.Points));
        if (scenario is Scenario.Cancelled or Scenario.PastItsDeadline)
            Assert.That(report.Cancelled, Is.Positive);
        if (scenario == Scenario.BadLines)
            Assert.That(report.SetAside, Is.EqualTo(Weather.RefusedBatches * report.Runs));
    }
#endif
}
