using BatchGateway.Emulator;
using BatchGateway.Runs.Chaos.Killing;
using BatchGateway.Runs.Chaos.Sabotaging;
using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Chaos;

/// <summary>One round: runs with one seed against one kind of gateway, until somebody has died at every point.</summary>
internal sealed record RoundSettings
{
    public EmulatorPersonality Personality { get; init; } = EmulatorPersonality.OpenAI;

    public int Seed { get; init; } = 1;

    public int Kills { get; init; } = 60;

    /// <summary>How many lines a run has; twelve go into a batch, and three batches at once.</summary>
    public int Lines { get; init; } = 144;

    public Scenario Scenario { get; init; }

    public bool IsStormy { get; init; } = true;

    public TimeSpan ListDelay { get; init; }

    public Sabotage Sabotage { get; init; }

    /// <summary>
    /// How much faster than the system's clock the time goes. Two minutes in a second: a batch takes a third of one, a proof that there is none five.
    /// </summary>
    public double Factor { get; init; } = 120;

    /// <summary>Where processes die. Nothing is settled by a person where the list tells what became of a create.</summary>
    public IReadOnlyList<KillPoint> Points { get; init; } = KillPoint.OfRun;

    /// <summary>Where processes die that delete the run when it has ended; none where it is not deleted.</summary>
    public IReadOnlyList<KillPoint> DeletionPoints { get; init; } = [];

    /// <summary>Where the first process of each run dies; null for anywhere.</summary>
    public KillPoint? Beginning { get; init; }

    /// <summary>Whether the outcomes are those of a run without misfortune, and not a matter of when it was cut short, or what came first.</summary>
    public bool IsPredictable => Scenario is Scenario.Whole or Scenario.Expiring;

    /// <summary>Whether processes die at the points in their order, and not by chance.</summary>
    public bool InOrder { get; init; }

    /// <summary>Whether the round is over as soon as something was paid for twice.</summary>
    public bool EndsWithViolation { get; init; }

    /// <summary>How many runs there are at least, whether or not somebody has to die in them.</summary>
    public int LeastRuns { get; init; }

    /// <summary>After how many runs a point counts as out of reach.</summary>
    public int MostRuns { get; init; } = 6;

    /// <summary>The whole matrix: every point.</summary>
    public static RoundSettings For(EmulatorPersonality personality, int seed, int kills) => new()
    {
        Personality = personality,
        Seed = seed,
        Kills = kills,
        // Longer than a process takes to start again: it does not find there what the one before it has made.
        ListDelay = TimeSpan.FromMinutes(3),
        Points = personality == EmulatorPersonality.Documented ? KillPoint.OfRun : [.. KillPoint.OfRun.Where(point => point.Step != RunStep.Settle)],
        DeletionPoints = KillPoint.OfDeletion,
    };

    /// <summary>A smaller one for what becomes of few runs: the points that are other ones there.</summary>
    public static RoundSettings For(Scenario scenario, EmulatorPersonality personality, int seed)
    {
        bool isCutShort = scenario is Scenario.Cancelled or Scenario.PastItsDeadline;
        IReadOnlyList<KillPoint> points = isCutShort
            ? KillPoint.Around(RunStep.Terminal, RunStep.Harvest, RunStep.Harvested, RunStep.Settle, RunStep.End)
            : KillPoint.Around(RunStep.Intent, RunStep.Created, RunStep.Terminal, RunStep.Harvest, RunStep.Harvested);
        return new RoundSettings
        {
            Scenario = scenario,
            Personality = personality,
            Seed = seed,
            Lines = 72,
            Kills = points.Count + 2,
            Points = points,
            // There is something in flight by then.
            Beginning = isCutShort ? new KillPoint(RunStep.Created, IsDone: true) : null,
        };
    }
}
