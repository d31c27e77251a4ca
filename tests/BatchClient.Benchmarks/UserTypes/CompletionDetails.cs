namespace BatchGateway.Benchmarks.UserTypes;

internal sealed class CompletionDetails
{
    public int ReasoningTokens { get; set; }

    public int AudioTokens { get; set; }

    public int AcceptedPredictionTokens { get; set; }

    public int RejectedPredictionTokens { get; set; }
}
