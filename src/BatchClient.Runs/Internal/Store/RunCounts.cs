namespace BatchGateway.Runs.Internal;

/// <summary>What the outcomes of a run add up to.</summary>
internal sealed record RunCounts
{
    /// <summary>How many lines have an outcome of each kind now; a kind that no line has is left out.</summary>
    public required IReadOnlyDictionary<BatchOutcomeKind, long> Lines { get; init; }

    /// <summary>Successes of lines that had one already.</summary>
    public long Duplicates { get; init; }

    /// <summary>Of every outcome ever given, replaced ones and duplicates too: they were paid for.</summary>
    public long InputTokens { get; init; }

    /// <summary>As <see cref="InputTokens"/>.</summary>
    public long OutputTokens { get; init; }

    public long Of(BatchOutcomeKind kind) => Lines.GetValueOrDefault(kind);
}
