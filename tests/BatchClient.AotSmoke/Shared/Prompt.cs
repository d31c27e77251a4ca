namespace BatchGateway.AotSmoke;

/// <summary>A request's body in a type of one's own.</summary>
internal sealed record Prompt(string Model, IReadOnlyList<PromptMessage> Messages)
{
    public static Prompt Of(Question question) => new("gpt-4o-mini", [new PromptMessage("user", question.Text)]);
}
