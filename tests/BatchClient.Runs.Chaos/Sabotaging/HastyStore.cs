using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Chaos.Sabotaging;

/// <summary>Says of every open intent that the list has proved that it made nothing.</summary>
internal sealed class HastyStore(IRunStore inner) : StoreDecorator(inner)
{
    public override async Task<ShardClaim?> ClaimAsync(long run, int number, string worker, TimeSpan leaseFor, CancellationToken cancellationToken)
    {
        ShardClaim? claim = await base.ClaimAsync(run, number, worker, leaseFor, cancellationToken);
        if (claim?.Shard is not { State: ShardState.Intent, Facts: { } json })
            return claim;

        ShardTransition proved = new($"{claim.Fence}.hasty", ShardState.Uploaded) { Facts = RunsJson.Write(RunsJson.ReadFacts(json).Proved()) };
        await Inner.ApplyAsync(claim, proved, cancellationToken);
        await Inner.ReleaseAsync(claim, notBefore: null, cancellationToken);
        return await base.ClaimAsync(run, number, worker, leaseFor, cancellationToken);
    }
}
