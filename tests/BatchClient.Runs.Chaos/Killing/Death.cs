namespace BatchGateway.Runs.Chaos.Killing;

/// <summary>How a process ends.</summary>
/// <param name="Point">At this point, by its own hand; null for none.</param>
/// <param name="After">So long after it began to work, by another's; null for never.</param>
internal sealed record Death(KillPoint? Point, TimeSpan? After)
{
    /// <summary>The name of its row in the table.</summary>
    public string Name => Point?.ToString() ?? (After is null ? "to the end" : "at random");
}
