namespace BatchGateway.Runs.Internal;

/// <summary>Lines that were given again, beside those that were written.</summary>
/// <param name="Given">What makes the given ones the same input.</param>
/// <param name="FirstDifference">
/// The number of the first line that differs, counted from 1; the first one that only one of the two has, when the other ends before. Null when all
/// are equal.
/// </param>
internal sealed record InputComparison(InputSeal Given, long? FirstDifference);
