using BatchGateway.Emulator;

namespace BatchGateway.Runs.Chaos.Modes;

/// <summary>How the gateway's process behaves.</summary>
internal sealed record GatewaySettings
{
    public required Pace Pace { get; init; }

    public EmulatorPersonality Personality { get; init; }

    /// <summary>Decides which lines fail.</summary>
    public int Seed { get; init; }

    public Scenario Scenario { get; init; }

    /// <summary>Decides which answers are lost.</summary>
    public int StormSeed { get; init; }

    /// <summary>Whether answers are lost.</summary>
    public bool IsStormy { get; init; }

    /// <summary>How long after its creation a batch shows up in the list.</summary>
    public TimeSpan ListDelay { get; init; }
}
