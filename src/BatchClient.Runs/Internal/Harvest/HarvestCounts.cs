namespace BatchGateway.Runs.Internal;

/// <summary>What one harvest found.</summary>
internal sealed record HarvestCounts
{
    /// <summary>How many lines have an outcome of each kind; a kind that no line has is left out.</summary>
    public required IReadOnlyDictionary<BatchOutcomeKind, long> Lines { get; init; }

    /// <summary>Result lines beyond the first one of their custom id.</summary>
    public long Duplicates { get; init; }

    /// <summary>Result lines with no custom id, or with one that is not of this shard.</summary>
    public long Unknown { get; init; }

    /// <summary>How many lines are tried again.</summary>
    public long Retried { get; init; }

    /// <summary>How large the result files are together.</summary>
    public long Bytes { get; init; }

    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }

    /// <summary>The same by model.</summary>
    public IReadOnlyList<ModelUsage> Usage { get; init; } = [];

    public long Of(BatchOutcomeKind kind) => Lines.GetValueOrDefault(kind);
}
