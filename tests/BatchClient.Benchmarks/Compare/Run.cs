namespace BatchGateway.Benchmarks.Compare;

/// <summary>One timed run.</summary>
internal readonly record struct Run(TimeSpan Elapsed, long Allocated);
