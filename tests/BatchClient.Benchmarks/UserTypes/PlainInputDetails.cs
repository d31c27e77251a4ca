namespace BatchGateway.Benchmarks.UserTypes;

internal sealed class PlainInputDetails
{
    public long CachedTokens { get; set; }
}
