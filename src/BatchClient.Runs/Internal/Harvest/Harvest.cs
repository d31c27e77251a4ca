namespace BatchGateway.Runs.Internal;

/// <summary>
/// What becomes of the lines of a shard: to be handed to a <see cref="ShardTransition"/>, and disposed of when that is applied, for the outcomes
/// lie outside of the heap.
/// </summary>
internal sealed class Harvest : IDisposable
{
    private readonly HarvestTable _table;

    public Harvest(HarvestTable table, IReadOnlyList<NewShard> retryShards, HarvestCounts counts)
    {
        _table = table;
        RetryShards = retryShards;
        Counts = counts;
    }

    /// <summary>One of each line of the shard, in their order. May be read again.</summary>
    public IEnumerable<LineOutcome> Outcomes => _table.Outcomes();

    public IReadOnlyList<NewShard> RetryShards { get; }

    public HarvestCounts Counts { get; }

    public void Dispose() => _table.Dispose();
}
