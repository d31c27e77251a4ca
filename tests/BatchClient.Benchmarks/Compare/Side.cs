namespace BatchGateway.Benchmarks.Compare;

/// <summary>One side of a pair.</summary>
/// <param name="Run">What is timed.</param>
/// <param name="Seen">What came of it, asked for after the clock has stopped.</param>
internal sealed record Side<TSeen>(Func<Task> Run, Func<TSeen> Seen)
{
    /// <summary>A side that sees what its run returns.</summary>
    public static Side<TSeen> Of(Func<Task<TSeen>> run)
    {
        TSeen seen = default!;
        return new Side<TSeen>(async () => seen = await run(), () => seen);
    }
}
