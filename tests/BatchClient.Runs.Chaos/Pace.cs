namespace BatchGateway.Runs.Chaos;

/// <summary>The time that all processes of a round live by.</summary>
/// <param name="Start">When it began, by the system's clock.</param>
/// <param name="Factor">How much faster than the system's clock it goes.</param>
internal sealed record Pace(DateTimeOffset Start, double Factor)
{
    /// <summary>Two minutes in a second: a batch takes a third of a second, a proof that there is none five.</summary>
    public static Pace FromNow() => new(DateTimeOffset.UtcNow, 120);

    public ScaledClock Clock() => new(Start, Factor);
}
