namespace BatchGateway.Benchmarks.UserTypes;

internal sealed class PromptDetails
{
    public int CachedTokens { get; set; }

    public int AudioTokens { get; set; }
}
