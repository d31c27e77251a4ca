using BatchGateway.Emulator;

namespace BatchGateway.Tests.Misfortunes;

/// <summary>One call of the user's and what reached the gateway meanwhile.</summary>
/// <param name="Call">The user's call, such as <c>WaitAsync</c>.</param>
/// <param name="Requests">The requests.</param>
/// <param name="Lasted">How long it took on the emulator's clock.</param>
/// <param name="Failure">How it ended; null when it ended well.</param>
/// <param name="GoesOn">How the user goes on after an exception; null for a first attempt.</param>
internal sealed record LifeStep(string Call, IReadOnlyList<LedgerRequest> Requests, TimeSpan Lasted, Exception? Failure, string? GoesOn);
