namespace BatchGateway.Runs.Internal;

/// <summary>A worker's hold on a shard. After an applied transition the worker goes on with the shard of the answer.</summary>
/// <param name="Shard">The shard as the worker knows it: its version is what the next transition is compared with.</param>
/// <param name="MayCreate">
/// Whether an intent may be recorded under this claim. False when the claim was taken on a shard with an open intent: then it may only find out
/// what became of that.
/// </param>
internal sealed record ShardClaim(ShardRow Shard, bool MayCreate)
{
    public long Run => Shard.Run;

    public int Number => Shard.Number;

    public long Fence => Shard.Fence;
}
