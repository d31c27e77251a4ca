namespace BatchGateway.Runs.Internal;

/// <summary>
/// Where runs, shards, events and outcomes are kept. Each call is one transaction: what it says has happened is durable, and what failed changed
/// nothing. Spans in calls count from the store's own clock, and instants in answers are that clock's.
/// </summary>
/// <remarks>
/// A worker claims a shard, applies transitions under the claim, and releases it. Whatever else happens, a later claim makes it powerless: fences
/// decide, not clocks. The clock decides only who may be given a claim, and that no intent is recorded and no batch created under a lease that ran
/// out.
/// </remarks>
internal interface IRunStore : IAsyncDisposable
{
    /// <summary>The run of this name, made if there is none. Settings and deadline are those of the first call.</summary>
    Task<RunRow> OpenRunAsync(string name, string? settings = null, TimeSpan? deadline = null, CancellationToken cancellationToken = default);

    Task<RunRow?> FindRunAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>All runs, in the order in which they were made.</summary>
    Task<IReadOnlyList<RunRow>> ListRunsAsync(CancellationToken cancellationToken = default);

    /// <summary>Fixes the input of a run and plans its shards, in the order of the lines, with numbers from 1.</summary>
    /// <exception cref="InvalidOperationException">The run is gone or has ended, or the shards do not hold the input's lines.</exception>
    Task<SealResult> SealInputAsync(long run, InputSeal input, IReadOnlyList<NewShard> shards, CancellationToken cancellationToken = default);

    /// <summary>Moves a run to another state; null when it is no longer at the given version.</summary>
    /// <exception cref="InvalidOperationException">That state does not follow the run's.</exception>
    Task<RunRow?> ApplyRunAsync(RunRow run, RunState to, CancellationToken cancellationToken = default);

    /// <summary>Notes that the run shall be cancelled; false when there is no such run.</summary>
    Task<bool> RequestCancelAsync(long run, CancellationToken cancellationToken = default);

    /// <summary>Removes the run with all that belongs to it; false when there is none. Claims on its shards are fenced.</summary>
    Task<bool> DeleteRunAsync(long run, CancellationToken cancellationToken = default);

    /// <summary>The shards of a run that are in one of these states, by number.</summary>
    Task<IReadOnlyList<ShardRow>> ListShardsAsync(long run, ShardState states = ShardState.All, CancellationToken cancellationToken = default);

    /// <summary>The shard that a batch was made of, in whichever run; null when the batch is not known.</summary>
    Task<ShardRow?> FindBatchAsync(string batchId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Claims the shard with the lowest number among those that are due, without a live lease, and in one of these states; null when there is none. One
    /// that is being claimed by somebody else at this moment may be passed by.
    /// </summary>
    Task<ShardClaim?> ClaimNextAsync(long run, string worker, TimeSpan leaseFor, ShardState states, CancellationToken cancellationToken = default);

    /// <summary>Claims this shard; null when it is not due or has a live lease.</summary>
    Task<ShardClaim?> ClaimAsync(long run, int number, string worker, TimeSpan leaseFor, CancellationToken cancellationToken = default);

    /// <summary>Makes the lease last this long from now; false when it has run out or the shard belongs to a later claim.</summary>
    Task<bool> RenewAsync(ShardClaim claim, TimeSpan leaseFor, CancellationToken cancellationToken = default);

    /// <summary>Applies a transition with all that belongs to it.</summary>
    /// <exception cref="InvalidOperationException">It is not one that the shard, or the claim, may make.</exception>
    Task<ApplyResult> ApplyAsync(ShardClaim claim, ShardTransition transition, CancellationToken cancellationToken = default);

    /// <summary>
    /// Whether a batch may be created now: the intent is this claim's own, and its lease lasts for longer than the margin. To be asked just before
    /// the first byte.
    /// </summary>
    Task<bool> PermitsCreateAsync(ShardClaim claim, TimeSpan margin, CancellationToken cancellationToken = default);

    /// <summary>Ends the lease; false when the shard belongs to a later claim.</summary>
    /// <param name="claim">The claim to give back.</param>
    /// <param name="notBefore">For how long no claim is given; null leaves it as the last transition said.</param>
    /// <param name="cancellationToken">Stops the call before it begins.</param>
    Task<bool> ReleaseAsync(ShardClaim claim, TimeSpan? notBefore = null, CancellationToken cancellationToken = default);

    /// <summary>Asks for a place in the run's budget for this shard. It is held until a transition frees it.</summary>
    Task<ReserveOutcome> ReserveAsync(ShardClaim claim, BudgetLimits limits, CancellationToken cancellationToken = default);

    /// <summary>The outcomes of a run in the order of its lines, as they stand when each is read.</summary>
    IAsyncEnumerable<LineOutcome> ReadOutcomesAsync(long run, long fromLine = 0, CancellationToken cancellationToken = default);

    Task<RunCounts> CountsAsync(long run, CancellationToken cancellationToken = default);

    /// <summary>The events of a run after a sequence, in their order.</summary>
    IAsyncEnumerable<ShardEvent> ReadEventsAsync(long run, long afterSequence = 0, CancellationToken cancellationToken = default);
}
