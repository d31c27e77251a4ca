namespace BatchGateway.AotSmoke;

/// <summary>What is asked.</summary>
internal sealed record Question(string Id, string Text)
{
    /// <summary>What every program here asks.</summary>
    public static IReadOnlyList<Question> All { get; } =
        [.. Enumerable.Range(1, 100).Select(number => new Question($"q-{number}", $"Is {number} a good number? ¿Sí?"))];
}
