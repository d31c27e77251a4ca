namespace BatchGateway.Runs.Internal;

/// <summary>A transition that was applied.</summary>
/// <param name="Sequence">Grows with every event of the store; it may leave gaps.</param>
/// <param name="Run">The run's id.</param>
/// <param name="Shard">The shard's number.</param>
/// <param name="Version">The version that the shard got by it.</param>
/// <param name="Command">The step's name.</param>
/// <param name="From">The state before.</param>
/// <param name="To">The state after.</param>
/// <param name="BatchId">The shard's batch after it.</param>
/// <param name="Facts">The shard's facts after it.</param>
/// <param name="At">When, by the store's clock.</param>
internal sealed record ShardEvent(
    long Sequence, long Run, int Shard, long Version, string Command, ShardState From, ShardState To,
    string? BatchId, string? Facts, DateTimeOffset At);
