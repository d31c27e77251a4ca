namespace BatchGateway.Runs.Internal;

/// <summary>The answer to fixing the input of a run.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Given">The input that was given.</param>
/// <param name="Stored">The input that holds; the given one unless there is a conflict.</param>
internal sealed record SealResult(SealOutcome Outcome, InputSeal Given, InputSeal Stored);
