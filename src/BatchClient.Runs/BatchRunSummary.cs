namespace BatchGateway.Runs;

/// <summary>What became of a run.</summary>
public sealed record BatchRunSummary
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Where it stands: ended; or, while shards are <see cref="Unsettled"/>, still running, or cancelling when it was cancelled. It ends with the resume
    /// after they are settled.
    /// </summary>
    public BatchRunStatus Status { get; init; }

    /// <summary>How many lines its input has.</summary>
    public long Lines { get; init; }

    /// <summary>How many lines have an outcome of each kind; a kind that no line has is left out.</summary>
    public IReadOnlyDictionary<BatchOutcomeKind, long> Outcomes { get; init; } = new Dictionary<BatchOutcomeKind, long>();

    /// <summary>How many lines were answered with success.</summary>
    public long Succeeded => Outcomes.GetValueOrDefault(BatchOutcomeKind.Succeeded);

    /// <summary>Whether every line was answered with success.</summary>
    public bool AllSucceeded => Succeeded == Lines;

    /// <summary>How many successes came for lines that had one already.</summary>
    public long Duplicates { get; init; }

    /// <summary>How many batches were created.</summary>
    public int Batches { get; init; }

    /// <summary>The most attempts at a line, of those that were sent; 0 when none was.</summary>
    public int Attempts { get; init; }

    /// <summary>The tokens of all prompts that were paid for, as the results tell them.</summary>
    public long InputTokens { get; init; }

    /// <summary>The tokens of all answers, as the results tell them.</summary>
    public long OutputTokens { get; init; }

    /// <summary>What they cost, without the <see cref="UnpricedLines"/>; null when the run has no price.</summary>
    public decimal? Cost { get; init; }

    /// <summary>How many answered lines are of a model that has no price; 0 when the run has none at all.</summary>
    public long UnpricedLines { get; init; }

    /// <summary>When the run began.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ended; null while shards are unsettled.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>
    /// The shards that only a person can settle, with <see cref="IBatchRuns.AttachAsync"/> or <see cref="IBatchRuns.AbandonAsync"/>; their lines have
    /// no outcome yet.
    /// </summary>
    public IReadOnlyList<BatchShardInfo> Unsettled { get; init; } = [];

    /// <summary>What a person should know of this call: settings that are not those the run began with, models without a price.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];
}
