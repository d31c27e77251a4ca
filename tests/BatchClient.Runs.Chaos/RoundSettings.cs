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

    public bool IsStormy { get; init; } = true;

    public TimeSpan ListDelay { get; init; }

    public Sabotage Sabotage { get; init; }

    /// <summary>Where processes die. Nothing is settled by a person where the list tells what became of a create.</summary>
    public IReadOnlyList<KillPoint> Points { get; init; } = KillPoint.All;

    /// <summary>How many runs there are at least, whether or not somebody has to die in them.</summary>
    public int LeastRuns { get; init; }

    /// <summary>After how many runs a point counts as out of reach.</summary>
    public int MostRuns { get; init; } = 6;

    public static RoundSettings For(EmulatorPersonality personality, int seed, int kills) => new()
    {
        Personality = personality,
        Seed = seed,
        Kills = kills,
        ListDelay = TimeSpan.FromSeconds(30),
        Points = personality == EmulatorPersonality.Documented ? KillPoint.All : [.. KillPoint.All.Where(point => point.Step != RunStep.Settle)],
    };
}
