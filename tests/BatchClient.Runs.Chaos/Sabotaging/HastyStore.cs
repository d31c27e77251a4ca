using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Chaos.Sabotaging;

/// <summary>Says of every open intent that it was found long ago, and that the list has shown other batches without it since then.</summary>
internal sealed class HastyStore(IRunStore inner, TimeProvider clock) : StoreDecorator(inner)
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(11);

    public override async Task<ShardClaim?> ClaimNextAsync(
        long run, string worker, TimeSpan leaseFor, ShardState states, CancellationToken cancellationToken) =>
        Hasty(await base.ClaimNextAsync(run, worker, leaseFor, states, cancellationToken));

    public override async Task<ShardClaim?> ClaimAsync(long run, int number, string worker, TimeSpan leaseFor, CancellationToken cancellationToken) =>
        Hasty(await base.ClaimAsync(run, number, worker, leaseFor, cancellationToken));

    private ShardClaim? Hasty(ShardClaim? claim)
    {
        if (claim?.Shard is not { State: ShardState.Intent, Facts: { } json } shard)
            return claim;

        DateTimeOffset longAgo = clock.GetUtcNow() - LongEnough;
        ShardFacts facts = RunsJson.ReadFacts(json) with { FoundOpenAt = longAgo, WitnessAt = longAgo };
        return claim with { Shard = shard with { Facts = RunsJson.Write(facts) } };
    }
}
