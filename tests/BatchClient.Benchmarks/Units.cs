namespace BatchGateway.Benchmarks;

internal static class Units
{
    public const long Megabyte = 1_000_000;
}
