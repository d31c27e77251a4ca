namespace BatchGateway.Benchmarks.UserTypes;

internal sealed class PlainUsage
{
    public long InputTokens { get; set; }

    public long OutputTokens { get; set; }

    public long TotalTokens { get; set; }

    public PlainInputDetails? InputTokensDetails { get; set; }

    public PlainOutputDetails? OutputTokensDetails { get; set; }
}
