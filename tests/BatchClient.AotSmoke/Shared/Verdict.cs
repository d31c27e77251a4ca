using System.ComponentModel;

namespace BatchGateway.AotSmoke;

/// <summary>The type that an answer is asked to have, and read as.</summary>
internal sealed record Verdict([property: Description("Good or bad.")] string Label, double Score, bool IsSure);
