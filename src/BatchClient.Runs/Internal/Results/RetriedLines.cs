namespace BatchGateway.Runs.Internal;

/// <summary>The lines of some shards, each in the order of the input, asked for in that order.</summary>
internal sealed class RetriedLines(IEnumerable<IAsyncEnumerable<ShardLine>> shards) : IAsyncDisposable
{
    private readonly List<LineCursor<ShardLine>> _shards = [.. shards.Select(shard => new LineCursor<ShardLine>(shard, line => line.Sequence))];

    public async ValueTask<bool> ContainsAsync(long line)
    {
        bool isThere = false;
        foreach (LineCursor<ShardLine> shard in _shards)
            isThere |= await shard.MoveToAsync(line).ConfigureAwait(false);
        return isThere;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (LineCursor<ShardLine> shard in _shards)
            await shard.DisposeAsync().ConfigureAwait(false);
    }
}
