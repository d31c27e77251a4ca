namespace BatchGateway.Fuzz.Targets;

/// <summary>A caller's own type.</summary>
internal sealed record Mood(string Word, double? Score);
