namespace BatchGateway.Runs.Internal;

/// <summary>The shard is no longer this worker's: it must leave it as it is.</summary>
internal sealed class LostClaimException(int shard) : Exception($"Shard {shard} belongs to another claim.");
