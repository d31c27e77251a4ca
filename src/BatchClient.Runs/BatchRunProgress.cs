namespace BatchGateway.Runs;

/// <summary>How a run stands: a snapshot.</summary>
public sealed record BatchRunProgress
{
    /// <summary>The name of the run.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    public BatchRunStatus Status { get; init; }

    /// <summary>How many lines its input has.</summary>
    public long Lines { get; init; }

    /// <summary>How many lines have an outcome of each kind now; those that are tried again have that of the last attempt.</summary>
    public IReadOnlyDictionary<BatchOutcomeKind, long> Outcomes { get; init; } = new Dictionary<BatchOutcomeKind, long>();

    /// <summary>
    /// How many lines more the batches that are waited for say they have done, failed ones included. None of these has an outcome yet, and nothing is
    /// judged by it.
    /// </summary>
    public long LinesReported { get; init; }

    /// <summary>How many shards stand where.</summary>
    public IReadOnlyDictionary<BatchShardStatus, int> Shards { get; init; } = new Dictionary<BatchShardStatus, int>();

    /// <summary>How many of the batches that are waited for have which status.</summary>
    public IReadOnlyDictionary<BatchStatus, int> Batches { get; init; } = new Dictionary<BatchStatus, int>();

    /// <summary>The bytes of input that this process has uploaded.</summary>
    public long BytesUploaded { get; init; }

    /// <summary>The bytes of results that this process has downloaded.</summary>
    public long BytesDownloaded { get; init; }

    /// <summary>The tokens of the prompts so far, as the results tell them.</summary>
    public long InputTokens { get; init; }

    /// <summary>The tokens of the answers so far, as the results tell them.</summary>
    public long OutputTokens { get; init; }

    /// <summary>What they cost, without the <see cref="UnpricedLines"/>; null when the run has no price.</summary>
    public decimal? Cost { get; init; }

    /// <summary>How many answered lines are of a model that has no price; 0 when the run has none at all.</summary>
    public long UnpricedLines { get; init; }

    /// <summary>How long this process has worked on the run.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>
    /// How many lines a second were done since this process took the run up, by its reports: what was done before it looked does not count. Null
    /// before anything was done.
    /// </summary>
    public double? LinesPerSecond { get; init; }

    /// <summary>When the run ends if it goes on at <see cref="LinesPerSecond"/>; null before anything was done, and for more than a year.</summary>
    public DateTimeOffset? EstimatedEnd { get; init; }

    /// <summary>
    /// What a person should know since the last report: failures that are tried again, stalls, odd statuses. Nothing is judged by them.
    /// </summary>
    public IReadOnlyList<string> Notices { get; init; } = [];
}
