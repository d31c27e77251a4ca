namespace BatchGateway.Runs.Internal;

/// <summary>What callers are shown of rows.</summary>
internal static class RunViews
{
    private const ShardState Open = ShardState.Planned | ShardState.Uploading | ShardState.Uploaded | ShardState.Intent | ShardState.Created | ShardState.Terminal;

    /// <summary>Whether the lines of such a shard are not settled yet.</summary>
    public static bool IsOpen(ShardState state) => (state & (Open | ShardState.Ambiguous)) != 0;

    /// <summary>Whether a batch of the shard exists, or may.</summary>
    private static bool WasSent(ShardRow shard) => shard.BatchId is not null || ShardFacts.Of(shard).IntentToken is not null;

    public static BatchRunStatus StatusOf(RunRow run) => run.State switch
    {
        RunState.Spooling => BatchRunStatus.Spooling,
        RunState.Cancelling => BatchRunStatus.Cancelling,
        RunState.Ended => BatchRunStatus.Ended,
        _ => BatchRunStatus.Running,
    };

    public static BatchShardStatus StatusOf(ShardRow shard) => shard.State switch
    {
        ShardState.Planned => BatchShardStatus.Planned,
        ShardState.Uploading => BatchShardStatus.Uploading,
        ShardState.Uploaded => BatchShardStatus.Uploaded,
        ShardState.Intent => BatchShardStatus.Intent,
        ShardState.Created => BatchShardStatus.Created,
        ShardState.Terminal => BatchShardStatus.Terminal,
        ShardState.Harvested => BatchShardStatus.Harvested,
        ShardState.Cleaned => BatchShardStatus.Cleaned,
        ShardState.Ambiguous => BatchShardStatus.Ambiguous,
        _ => BatchShardStatus.Abandoned,
    };

    public static BatchShardInfo Of(ShardRow shard)
    {
        ShardFacts facts = ShardFacts.Of(shard);
        return new BatchShardInfo
        {
            Number = shard.Number,
            Attempt = shard.Attempt,
            Parent = shard.Parent,
            Status = StatusOf(shard),
            Lines = shard.Lines,
            Bytes = shard.Bytes,
            EstimatedTokens = shard.Tokens,
            InputFileId = facts.FileId,
            Intent = facts.IntentToken,
            // What a batch of the same file left in the row is not the one that is looked for now.
            BatchId = shard.BatchId is { } id && facts.EarlierBatches.Contains(id) ? null : shard.BatchId,
            BatchStatus = new BatchStatus(facts.BatchStatus),
            Problem = ProblemOf(shard, facts),
        };
    }

    private static string? ProblemOf(ShardRow shard, ShardFacts facts) => facts.SecondBatches.Count == 0
        ? facts.Problem
        : string.Join(". ", new[] { SecondBatchStep.Problem(shard.BatchId, facts), facts.Problem }.Where(problem => problem is not null));

    public static BatchRunInfo Of(RunRow run, RunCounts counts, IReadOnlyList<ShardRow> shards) => new()
    {
        Name = run.Name,
        Status = StatusOf(run),
        Lines = run.Input?.Lines ?? 0,
        Outcomes = counts.Lines,
        CreatedAt = run.CreatedAt,
        EndedAt = run.EndedAt,
        Deadline = run.Deadline,
        Shards = [.. shards.Select(Of)],
    };

    /// <summary>What became of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="settings">What it began with.</param>
    /// <param name="counts">What its outcomes add up to.</param>
    /// <param name="shards">All of its shards.</param>
    /// <param name="notice">What is to be known of the call; null for nothing.</param>
    public static BatchRunSummary Summary(RunRow run, RunSettings settings, RunCounts counts, IReadOnlyList<ShardRow> shards, string? notice)
    {
        RunCost cost = RunCost.Of(settings, counts, shards.Select(ShardFacts.Of));
        string? unpriced = cost.UnpricedLines == 0 ? null
            : $"{cost.UnpricedLines} lines were answered by models that have no price; the cost is without them.";
        return new BatchRunSummary
        {
            Name = run.Name,
            Status = StatusOf(run),
            Lines = run.Input?.Lines ?? 0,
            Outcomes = counts.Lines,
            Duplicates = counts.Duplicates,
            Batches = shards.Sum(shard => (shard.BatchId is null ? 0 : 1) + ShardFacts.Of(shard).EarlierBatches.Count(id => id != shard.BatchId)),
            Attempts = shards.Where(WasSent).Select(shard => shard.Attempt).DefaultIfEmpty().Max(),
            InputTokens = counts.InputTokens,
            OutputTokens = counts.OutputTokens,
            Cost = cost.Cost,
            UnpricedLines = cost.UnpricedLines,
            CreatedAt = run.CreatedAt,
            EndedAt = run.EndedAt,
            Unsettled = [.. shards.Where(shard => shard.State == ShardState.Ambiguous).Select(Of)],
            Notices = [.. new[] { notice, unpriced }.OfType<string>()],
        };
    }
}
