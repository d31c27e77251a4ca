namespace BatchGateway.Runs.Chaos.Modes;

/// <summary>A shard that a person must settle, as the run names it.</summary>
internal sealed record OpenShard(int Number, long Lines, string? InputFileId, string? Intent, string? Problem)
{
    public static OpenShard Of(BatchShardInfo shard) => new(shard.Number, shard.Lines, shard.InputFileId, shard.Intent, shard.Problem);
}
