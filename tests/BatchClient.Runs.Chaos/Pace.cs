namespace BatchGateway.Runs.Chaos;

/// <summary>The time that all processes of a round live by.</summary>
/// <param name="Start">When it began, by the system's clock.</param>
/// <param name="Factor">How much faster than the system's clock it goes.</param>
internal sealed record Pace(DateTimeOffset Start, double Factor)
{
    public static Pace FromNow(double factor) => new(DateTimeOffset.UtcNow, factor);

    public ScaledClock Clock() => new(Start, Factor);
}
