namespace BatchGateway.Benchmarks.UserTypes;

internal sealed class CompletionUsage
{
    public int PromptTokens { get; set; }

    public int CompletionTokens { get; set; }

    public int TotalTokens { get; set; }

    public PromptDetails? PromptTokensDetails { get; set; }

    public CompletionDetails? CompletionTokensDetails { get; set; }
}
