namespace BatchGateway.Runs.Internal;

/// <summary>A line of the input and what became of it.</summary>
/// <param name="CustomId">Its custom id in UTF-8; good until the next line is asked for.</param>
/// <param name="Outcome">What became of it.</param>
internal readonly record struct LineResult(ReadOnlyMemory<byte> CustomId, LineOutcome Outcome);
