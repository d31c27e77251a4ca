namespace BatchGateway.Runs.Chaos.Killing;

/// <summary>How a process is to end.</summary>
/// <param name="Points">By its own hand, at the first of these that it comes to.</param>
/// <param name="After">So long after it began to work, by another's; null for never.</param>
internal sealed record Death(IReadOnlyList<KillPoint> Points, TimeSpan? After)
{
    /// <summary>When it has done its work.</summary>
    public static Death None { get; } = new([], null);
}
