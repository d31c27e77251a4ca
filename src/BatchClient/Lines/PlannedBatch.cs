namespace BatchGateway;

/// <summary>One batch of a plan.</summary>
public sealed record PlannedBatch
{
    /// <summary>The number of its first line among all that were given, counted from 1.</summary>
    public long FirstLineNumber { get; init; }

    /// <summary>How many lines it has.</summary>
    public long LineCount { get; init; }

    /// <summary>How many bytes its input file has.</summary>
    public long Bytes { get; init; }

    /// <summary>The tokens of its prompts by a plain estimate: a quarter of the bytes of the bodies.</summary>
    public long EstimatedTokens { get; init; }

    /// <summary>The most tokens that its answers may have; lines that set no limit are not counted.</summary>
    public long MaxOutputTokens { get; init; }

    /// <summary>
    /// How many lines set no limit of tokens for their answers, whose cost is therefore open. Texts to embed have no such answers, and do not
    /// count.
    /// </summary>
    public long LinesWithoutTokenLimit { get; init; }

    /// <summary>
    /// What it costs: <see cref="EstimatedTokens"/> and <see cref="MaxOutputTokens"/> at the price of the model; null without a price. A lower
    /// bound when <see cref="LinesWithoutTokenLimit"/> is not 0: the answers to these lines are taken to cost nothing.
    /// </summary>
    public decimal? EstimatedCost { get; init; }
}
