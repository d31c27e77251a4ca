namespace BatchGateway.Runs.Internal;

/// <summary>Where a line of a shard stands, and whose it is.</summary>
/// <param name="Sequence">Its place in the input, from 0.</param>
/// <param name="Offset">Where it begins in the blob of the shard.</param>
/// <param name="Length">How many bytes it takes, its line feed included.</param>
/// <param name="CustomId">The custom id as UTF-8, without escapes; good until the next line is asked for.</param>
internal readonly record struct ShardLine(long Sequence, long Offset, int Length, ReadOnlyMemory<byte> CustomId);
