using BatchGateway.Runs.Chaos.Sabotaging;
using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Tests.Support;

/// <summary>A store that tells a test of transitions when they are durable, and may refuse creates.</summary>
internal sealed class SeamStore(IRunStore inner) : StoreDecorator(inner)
{
    /// <summary>Told the shard before and after.</summary>
    public Action<ShardRow, ShardRow> Applied { get; init; } = (_, _) => { };

    /// <summary>How many creates are still refused.</summary>
    public int Refusals { get; set; }

    public override async Task<ApplyResult> ApplyAsync(ShardClaim claim, ShardTransition transition, CancellationToken cancellationToken)
    {
        ApplyResult result = await base.ApplyAsync(claim, transition, cancellationToken);
        if (result.Outcome == ApplyOutcome.Applied)
            Applied(claim.Shard, result.Shard);
        return result;
    }

    public override async Task<bool> PermitsCreateAsync(ShardClaim claim, TimeSpan margin, CancellationToken cancellationToken) =>
        Refusals-- <= 0 && await base.PermitsCreateAsync(claim, margin, cancellationToken);
}
