namespace BatchGateway.Fuzz.Targets;

/// <summary>What must never happen has happened.</summary>
internal sealed class Violation : Exception
{
    public Violation(string rule, string detail)
        : base($"{rule}: {detail}") => Rule = rule;

    /// <summary>The rule in a few words: the same for every input that breaks it.</summary>
    public string Rule { get; }
}
