namespace BatchGateway.Runs.Internal;

/// <summary>Renews the lease of a claim for as long as a step lasts.</summary>
/// <remarks>A lease that ran out all the same ends no step: what the worker may still do is for the fence to say.</remarks>
internal sealed class LeaseKeeper : IAsyncDisposable
{
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan RenewEvery = Lease / 3;

    private readonly CancellationTokenSource _ended = new();
    private readonly Task _renewing;

    public LeaseKeeper(RunContext context, ShardClaim claim) => _renewing = RenewAsync(context, claim, _ended.Token);

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Dispose();
    }

    private static async Task RenewAsync(RunContext context, ShardClaim claim, CancellationToken cancellationToken)
    {
        do
            await Task.Delay(RenewEvery, context.Clock, cancellationToken).ConfigureAwait(false);
        while (await context.Store.RenewAsync(claim, Lease, cancellationToken).ConfigureAwait(false));
    }
}
