namespace BatchGateway.Benchmarks.Calls;

/// <summary>One way to get a batch and to see whether it is completed.</summary>
internal sealed record Caller(string Name, Func<Task<bool>> IsCompletedAsync)
{
    /// <summary>Whether a listener stands at every span and instrument meanwhile.</summary>
    public bool IsListenedTo { get; init; }
}
