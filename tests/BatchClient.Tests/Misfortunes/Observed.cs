namespace BatchGateway.Tests.Misfortunes;

/// <summary>What came of one misfortune on one gateway, derived from the ledger and the outcomes.</summary>
/// <param name="Did">What the client did beyond the usual.</param>
/// <param name="Sees">What the user sees.</param>
/// <param name="LinesLost">Input lines without exactly one outcome, and lines of result files that the user was not given.</param>
/// <param name="CreatedTwice">Batches beyond one per intent.</param>
/// <param name="PaidTwice">Lines that were paid for more than once.</param>
/// <param name="CameTooEarly">Whether the client came again before the pause that it was told.</param>
internal sealed record Observed(string Did, string Sees, int LinesLost, int CreatedTwice, int PaidTwice, bool CameTooEarly);
