namespace BatchGateway.Benchmarks.UserTypes;

internal sealed class PlainOutputDetails
{
    public long ReasoningTokens { get; set; }
}
