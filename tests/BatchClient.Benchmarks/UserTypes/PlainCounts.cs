namespace BatchGateway.Benchmarks.UserTypes;

internal sealed class PlainCounts
{
    public int Total { get; set; }

    public int Completed { get; set; }

    public int Failed { get; set; }
}
