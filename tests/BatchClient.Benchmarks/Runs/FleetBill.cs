namespace BatchGateway.Benchmarks.Runs;

/// <summary>What the watch over a fleet has asked for.</summary>
/// <param name="InFlight">Gets and pages from when the last batch was made to the end of the first one.</param>
/// <param name="ToTheEnd">Gets and pages over the whole run, those before a harvest included.</param>
/// <param name="Lines">The lines that succeeded.</param>
/// <param name="Start">How long it took until all batches were made, in real time.</param>
/// <param name="End">How long it took from the end of the first batch to that of the run, in real time.</param>
internal sealed record FleetBill(int InFlight, int ToTheEnd, long Lines, TimeSpan Start, TimeSpan End);
