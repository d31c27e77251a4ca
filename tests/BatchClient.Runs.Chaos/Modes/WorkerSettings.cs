using BatchGateway.Runs.Chaos.Killing;
using BatchGateway.Runs.Chaos.Sabotaging;

namespace BatchGateway.Runs.Chaos.Modes;

/// <summary>What a worker's process does in its life.</summary>
internal sealed record WorkerSettings
{
    public required Pace Pace { get; init; }

    public required Uri Gateway { get; init; }

    /// <summary>The state folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The file for the results, written when every line has an outcome.</summary>
    public required string Results { get; init; }

    /// <summary>How many lines the run has.</summary>
    public int Lines { get; init; } = 144;

    /// <summary>The process ends itself at the first of these that it comes to.</summary>
    public IReadOnlyList<KillPoint> KillAt { get; init; } = [];

    /// <summary>Whether a run that exists goes on without its lines being given again.</summary>
    public bool Resumes { get; init; }

    /// <summary>Whether a run that exists is cancelled.</summary>
    public bool Cancels { get; init; }

    /// <summary>Whether the run is deleted, and nothing else is done.</summary>
    public bool Deletes { get; init; }

    public Scenario Scenario { get; init; }

    /// <summary>What a person has found out about shards, to be said before the run goes on.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    public Sabotage Sabotage { get; init; }
}
