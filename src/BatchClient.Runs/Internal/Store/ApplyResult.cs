namespace BatchGateway.Runs.Internal;

/// <summary>The answer to a transition.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Shard">The shard as it stands now; as the claim knew it when there is no such shard any more.</param>
internal sealed record ApplyResult(ApplyOutcome Outcome, ShardRow Shard);
