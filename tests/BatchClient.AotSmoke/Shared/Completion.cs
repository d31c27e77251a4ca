namespace BatchGateway.AotSmoke;

/// <summary>An answer's body in a type of one's own.</summary>
internal sealed record Completion(string Id, IReadOnlyList<CompletionChoice> Choices)
{
    public string Text => Choices[0].Message.Content;
}
