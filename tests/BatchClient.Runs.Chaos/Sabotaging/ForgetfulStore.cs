using System.Collections.Concurrent;
using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Chaos.Sabotaging;

/// <summary>Keeps an intent in memory until something else is written about its shard.</summary>
internal sealed class ForgetfulStore(IRunStore inner, TimeProvider clock) : StoreDecorator(inner)
{
    private readonly ConcurrentDictionary<int, (ShardClaim Claim, ShardTransition Intent)> _held = new();

    public override async Task<ApplyResult> ApplyAsync(ShardClaim claim, ShardTransition transition, CancellationToken cancellationToken)
    {
        if (transition.To == ShardState.Intent && claim.Shard.State != ShardState.Intent)
        {
            _held[claim.Number] = (claim, transition);
            return new ApplyResult(ApplyOutcome.Applied, Rules.Applied(claim.Shard, transition, clock.GetUtcNow()));
        }

        if (_held.TryRemove(claim.Number, out (ShardClaim Claim, ShardTransition Intent) held))
            await Inner.ApplyAsync(held.Claim, held.Intent, cancellationToken);
        return await Inner.ApplyAsync(claim, transition, cancellationToken);
    }

    public override Task<bool> PermitsCreateAsync(ShardClaim claim, TimeSpan margin, CancellationToken cancellationToken) =>
        _held.ContainsKey(claim.Number) ? Task.FromResult(true) : Inner.PermitsCreateAsync(claim, margin, cancellationToken);
}
