// What the matrix is worth does not depend on the runtime.
#if NET10_0_OR_GREATER
using BatchGateway.Emulator;
using BatchGateway.Runs.Chaos;
using BatchGateway.Runs.Chaos.Killing;
using BatchGateway.Runs.Chaos.Sabotaging;
using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Tests.Chaos;

/// <summary>The matrix is worth something only if it is red when a promise is broken.</summary>
[Parallelizable(ParallelScope.All)]
public class SabotageTests
{
    // At these a batch exists that nobody knows of.
    private static readonly RoundSettings BetweenCreateAndKnowing = new()
    {
        Kills = 2,
        IsStormy = false,
        EndsWithViolation = true,
        Points = [new(RunStep.Create, IsDone: true), new(RunStep.Created, IsDone: false)],
    };

    // The list shows what has ended by then, and for 30 seconds not what was created after that: five seconds of real time, in which a process
    // starts again.
    private static readonly RoundSettings BetweenCreateAndList = new()
    {
        Kills = 2,
        IsStormy = false,
        EndsWithViolation = true,
        ListDelay = TimeSpan.FromSeconds(30),
        Factor = 6,
        Lines = 48,
        Points = [new(RunStep.Terminal, IsDone: true), new(RunStep.Create, IsDone: true)],
        InOrder = true,
    };

    [TestCase(EmulatorPersonality.OpenAI)]
    [TestCase(EmulatorPersonality.Documented)]
    public async Task RunAsync_IntentNotFlushed_PaysTwice(EmulatorPersonality personality)
    {
        RoundSettings settings = BetweenCreateAndKnowing with { Personality = personality, Sabotage = Sabotage.NoIntentFlush };

        RoundReport report = await CrashMatrix.RunAsync(settings);

        Assert.That(report.Violations, Has.Some.EndsWith("was paid for 2 times"));
    }

    [Test]
    public async Task RunAsync_ListDelayedWithoutRule7_PaysTwice()
    {
        RoundReport report = await CrashMatrix.RunAsync(BetweenCreateAndList with { Sabotage = Sabotage.NoRule7 });

        Assert.That(report.Violations, Has.Some.EndsWith("was paid for 2 times"));
    }

    [Test]
    public async Task RunAsync_ListDelayedWithRule7_PaysOnce()
    {
        RoundReport report = await CrashMatrix.RunAsync(BetweenCreateAndList);

        Assert.That(report.Violations, Is.Empty);
    }

    [TestCase(EmulatorPersonality.OpenAI)]
    [TestCase(EmulatorPersonality.Documented)]
    public async Task RunAsync_CreateSentAgain_MakesTwoBatchesOfOneIntent(EmulatorPersonality personality)
    {
        RoundSettings settings = new()
        {
            Personality = personality,
            Kills = 0,
            Points = [],
            LeastRuns = 1,
            EndsWithViolation = true,
            Sabotage = Sabotage.SecondCreate,
        };

        RoundReport report = await CrashMatrix.RunAsync(settings);

        Assert.That(report.Violations, Has.Some.Match("^intent .* made 2 batches$"));
        Assert.That(report.Violations, Has.Some.EndsWith("was paid for 2 times"));
    }
}
#endif
