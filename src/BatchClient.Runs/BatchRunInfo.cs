namespace BatchGateway.Runs;

/// <summary>A run, as the state folder holds it.</summary>
public sealed record BatchRunInfo
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    public BatchRunStatus Status { get; init; }

    /// <summary>How many lines its input has; 0 while it is being made durable.</summary>
    public long Lines { get; init; }

    /// <summary>How many lines have an outcome of each kind now; a kind that no line has is left out.</summary>
    public IReadOnlyDictionary<BatchOutcomeKind, long> Outcomes { get; init; } = new Dictionary<BatchOutcomeKind, long>();

    /// <summary>When it began.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ended; null while it has not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When it cancels what is in flight; null for never.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Its shards; empty in a list of runs.</summary>
    public IReadOnlyList<BatchShardInfo> Shards { get; init; } = [];
}
