namespace BatchGateway.Runs.Chaos.Modes;

/// <summary>What a person has found out about an ambiguous shard.</summary>
/// <param name="Shard">Its number.</param>
/// <param name="BatchId">Its batch; null when there is none.</param>
internal sealed record Finding(int Shard, string? BatchId);
