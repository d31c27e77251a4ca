namespace BatchGateway.Runs.Internal;

/// <summary>What one look through the list has shown of a shard.</summary>
/// <param name="Found">Batches that may be its own: of any of its intents.</param>
/// <param name="IsWitnessed">Whether it has shown a batch that is known, and would stand in no other list.</param>
/// <param name="Nameless">The first batch that nobody knows and that does not say what it was made of; null for none.</param>
/// <param name="At">When the look began, as a time stamp of the clock.</param>
internal sealed record Sighting(IReadOnlyList<Batch> Found, bool IsWitnessed, string? Nameless, long At)
{
    /// <summary>Whether the list says that there is none. It may be behind: that alone is no proof.</summary>
    public bool ShowsNone => Found.Count == 0 && IsWitnessed && Nameless is null;
}
