namespace BatchGateway.Runs.Internal;

/// <summary>The tokens that answers of one model took.</summary>
/// <param name="Model">As the answers name it; null for those that name none.</param>
/// <param name="Lines">How many there are that took any.</param>
/// <param name="InputTokens">Of their prompts.</param>
/// <param name="OutputTokens">Of the answers.</param>
internal sealed record ModelUsage(string? Model, long Lines, long InputTokens, long OutputTokens);
