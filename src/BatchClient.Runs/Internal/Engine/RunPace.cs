namespace BatchGateway.Runs.Internal;

/// <summary>How fast a run moves by what this process has seen: what an earlier one had got done, or was done meanwhile, does not count.</summary>
internal sealed class RunPace
{
    private const ShardState MayHaveABatch = ShardState.Intent | ShardState.Created | ShardState.Terminal | ShardState.Ambiguous;

    private HashSet<int>? _unseen;
    private long _before;
    private DateTimeOffset _since;

    /// <summary>Lines a second since the first look; null before anything was done.</summary>
    /// <param name="settled">How many lines are done for good.</param>
    /// <param name="shards">All shards of the run.</param>
    /// <param name="batches">The last look at each batch that is being watched, by shard.</param>
    /// <param name="now">When it is.</param>
    public double? Look(long settled, IReadOnlyList<ShardRow> shards, IReadOnlyDictionary<int, Batch> batches, DateTimeOffset now)
    {
        if (_unseen is null)
            (_unseen, _before, _since) = ([.. shards.Where(shard => (shard.State & MayHaveABatch) != 0).Select(shard => shard.Number)], settled, now);

        foreach (ShardRow shard in shards.Where(shard => _unseen.Contains(shard.Number)).ToList())
            See(shard, batches.GetValueOrDefault(shard.Number));
        double pace = (settled + Reported(shards, batches) - _before) / Math.Max(1, (now - _since).TotalSeconds);
        return pace > 0 ? pace : null;
    }

    /// <summary>How many lines batches say they have done, failed ones included. The last look outlives a batch that is done for a moment.</summary>
    public static long Reported(IReadOnlyList<ShardRow> shards, IReadOnlyDictionary<int, Batch> batches) => shards
        .Where(shard => RunViews.IsOpen(shard.State))
        .Sum(shard => Reported(shard, batches.GetValueOrDefault(shard.Number)));

    // A gateway may count anything: a batch has done no more lines than it has.
    private static long Reported(ShardRow shard, Batch? batch) => batch?.RequestCounts is { } counts
        ? Math.Min(shard.Lines, Math.Clamp(counts.Completed ?? 0, 0, shard.Lines) + Math.Clamp(counts.Failed ?? 0, 0, shard.Lines))
        : 0;

    /// <summary>What a batch had done when it was seen first was done before.</summary>
    private void See(ShardRow shard, Batch? batch)
    {
        bool hasEnded = batch?.IsTerminal ?? !RunViews.IsOpen(shard.State);
        if (batch is null && !hasEnded && (shard.State & MayHaveABatch) != 0)
            return;

        _unseen!.Remove(shard.Number);
        if (hasEnded)
            _before += shard.Lines;
        else
            _before += Reported(shard, batch);
    }
}
