namespace BatchGateway.Runs.Internal;

/// <summary>Renews the lease of a claim for as long as a step lasts.</summary>
/// <remarks>A lease that ran out all the same ends no step: what the worker may still do is for the fence to say.</remarks>
internal sealed class LeaseKeeper : IAsyncDisposable
{
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan RenewEvery = Lease / 3;

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _renewing;

    public LeaseKeeper(RunContext context, ShardClaim claim) => _renewing = RenewAsync(context, claim, _ended.Task);

    public async ValueTask DisposeAsync()
    {
        _ended.TrySetResult();
        await _renewing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task RenewAsync(RunContext context, ShardClaim claim, Task ended)
    {
        do
        {
            // A limit on the step, and no wait: a clock that jumps through waits does not jump for this one.
            await ended.WaitAsync(RenewEvery, context.Clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!ended.IsCompleted && await context.Store.RenewAsync(claim, Lease, CancellationToken.None).ConfigureAwait(false));
    }
}
