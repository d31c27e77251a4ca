using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Chaos.Sabotaging;

/// <summary>A store that does what another one does, but for what a saboteur changes.</summary>
internal abstract class StoreDecorator(IRunStore inner) : IRunStore
{
    protected IRunStore Inner { get; } = inner;

    public Task<RunRow> OpenRunAsync(string name, string? settings, TimeSpan? deadline, CancellationToken cancellationToken) =>
        Inner.OpenRunAsync(name, settings, deadline, cancellationToken);

    public Task<RunRow?> FindRunAsync(string name, CancellationToken cancellationToken) => Inner.FindRunAsync(name, cancellationToken);

    public Task<IReadOnlyList<RunRow>> ListRunsAsync(CancellationToken cancellationToken) => Inner.ListRunsAsync(cancellationToken);

    public Task<SealResult> SealInputAsync(long run, InputSeal input, IReadOnlyList<NewShard> shards, CancellationToken cancellationToken) =>
        Inner.SealInputAsync(run, input, shards, cancellationToken);

    public Task<RunRow?> ApplyRunAsync(RunRow run, RunState to, CancellationToken cancellationToken) =>
        Inner.ApplyRunAsync(run, to, cancellationToken);

    public Task<bool> RequestCancelAsync(long run, CancellationToken cancellationToken) => Inner.RequestCancelAsync(run, cancellationToken);

    public Task<bool> DeleteRunAsync(long run, CancellationToken cancellationToken) => Inner.DeleteRunAsync(run, cancellationToken);

    public Task<IReadOnlyList<ShardRow>> ListShardsAsync(long run, ShardState states, CancellationToken cancellationToken) =>
        Inner.ListShardsAsync(run, states, cancellationToken);

    public Task<ShardRow?> FindBatchAsync(string batchId, CancellationToken cancellationToken) => Inner.FindBatchAsync(batchId, cancellationToken);

    public virtual Task<ShardClaim?> ClaimNextAsync(
        long run, string worker, TimeSpan leaseFor, ShardState states, CancellationToken cancellationToken) =>
        Inner.ClaimNextAsync(run, worker, leaseFor, states, cancellationToken);

    public virtual Task<ShardClaim?> ClaimAsync(long run, int number, string worker, TimeSpan leaseFor, CancellationToken cancellationToken) =>
        Inner.ClaimAsync(run, number, worker, leaseFor, cancellationToken);

    public Task<bool> RenewAsync(ShardClaim claim, TimeSpan leaseFor, CancellationToken cancellationToken) =>
        Inner.RenewAsync(claim, leaseFor, cancellationToken);

    public virtual Task<ApplyResult> ApplyAsync(ShardClaim claim, ShardTransition transition, CancellationToken cancellationToken) =>
        Inner.ApplyAsync(claim, transition, cancellationToken);

    public virtual Task<bool> PermitsCreateAsync(ShardClaim claim, TimeSpan margin, CancellationToken cancellationToken) =>
        Inner.PermitsCreateAsync(claim, margin, cancellationToken);

    public Task<bool> ReleaseAsync(ShardClaim claim, TimeSpan? notBefore, CancellationToken cancellationToken) =>
        Inner.ReleaseAsync(claim, notBefore, cancellationToken);

    public Task<ReserveOutcome> ReserveAsync(ShardClaim claim, BudgetLimits limits, CancellationToken cancellationToken) =>
        Inner.ReserveAsync(claim, limits, cancellationToken);

    public IAsyncEnumerable<LineOutcome> ReadOutcomesAsync(long run, long fromLine, CancellationToken cancellationToken) =>
        Inner.ReadOutcomesAsync(run, fromLine, cancellationToken);

    public Task<RunCounts> CountsAsync(long run, CancellationToken cancellationToken) => Inner.CountsAsync(run, cancellationToken);

    public IAsyncEnumerable<ShardEvent> ReadEventsAsync(long run, long afterSequence, CancellationToken cancellationToken) =>
        Inner.ReadEventsAsync(run, afterSequence, cancellationToken);

    public ValueTask DisposeAsync() => Inner.DisposeAsync();
}
