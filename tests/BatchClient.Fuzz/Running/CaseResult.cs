using BatchGateway.Fuzz.Targets;

namespace BatchGateway.Fuzz.Running;

/// <summary>How a case ended, and what it took.</summary>
internal readonly record struct CaseResult(string Ended, Violation? Violation, TimeSpan Time, long Bytes);
