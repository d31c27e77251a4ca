namespace BatchGateway.Runs.Internal;

/// <summary>A create whose answer was lost, and that made no batch by all that the list has shown.</summary>
/// <param name="Token">What went with it.</param>
/// <param name="At">When it was sent, by this machine's clock.</param>
internal sealed record EarlierIntent(string Token, DateTimeOffset? At);
