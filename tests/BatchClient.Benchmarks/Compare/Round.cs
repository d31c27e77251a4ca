namespace BatchGateway.Benchmarks.Compare;

/// <summary>Both sides, one right after the other.</summary>
internal readonly record struct Round(Run Baseline, Run Ours)
{
    public double Speedup => Baseline.Elapsed / Ours.Elapsed;
}
