using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Tests.Support;

/// <summary>A harvest that was made durable.</summary>
internal sealed record HarvestedShard(ShardRow Shard, IReadOnlyList<LineOutcome> Outcomes, IReadOnlyList<NewShard> Retries, HarvestCounts Counts);
