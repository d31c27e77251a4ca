namespace BatchGateway.Runs.Internal;

/// <summary>What makes an input the same input: given again, it is compared by this.</summary>
/// <param name="Hash">Of all lines in their order.</param>
/// <param name="Lines">How many there are.</param>
/// <param name="Bytes">How large they are together.</param>
internal sealed record InputSeal(string Hash, long Lines, long Bytes);
