namespace BatchGateway.Runs.Internal;

/// <summary>How often the lines of a shard were sent again without a new attempt. It goes with them from shard to shard.</summary>
/// <param name="Expiries">Because their batch expired.</param>
/// <param name="Refusals">Because their batch was refused for other lines.</param>
internal readonly record struct RetryTally(int Expiries = 0, int Refusals = 0);
