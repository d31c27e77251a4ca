using System.Diagnostics;
using BatchGateway.Benchmarks.Compare;

namespace BatchGateway.Benchmarks.Calls;

/// <summary>Lets callers take turns, in slices so short that whatever disturbs one of them is rare, and so many that it is outvoted.</summary>
internal sealed class CallRounds(IReadOnlyList<Caller> callers)
{
    private const int CallsInSlice = 2_000;

    // Until the runtime has compiled everything for good.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    private readonly Dictionary<Caller, List<Run>> _runs = callers.ToDictionary(caller => caller, _ => new List<Run>());

    public async Task RunAsync(int rounds)
    {
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < callers.Count * WarmUp;)
            await RoundAsync();
        foreach (List<Run> runs in _runs.Values)
            runs.Clear();

        for (int round = 0; round < rounds; round++)
            await RoundAsync();
    }

    /// <summary>The median of the ratios of the rounds.</summary>
    public double Ratio(Caller caller, Caller to, Func<Run, double> of) => Median(_runs[caller].Zip(_runs[to], (one, other) => of(one) / of(other)));

    /// <summary>What a call costs at the median of the rounds.</summary>
    public double PerCall(Caller caller, Func<Run, double> of) => Median(_runs[caller].Select(run => of(run) / CallsInSlice));

    private async Task RoundAsync()
    {
        foreach (Caller caller in callers)
            _runs[caller].Add(await SliceAsync(caller));
    }

    private static async Task<Run> SliceAsync(Caller caller)
    {
        using Listeners? listeners = caller.IsListenedTo ? new Listeners() : null;
        GC.Collect();
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        int completed = 0;
        for (int call = 0; call < CallsInSlice; call++)
            completed += await caller.IsCompletedAsync() ? 1 : 0;
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;

        if (completed != CallsInSlice)
            throw new InvalidOperationException($"{caller.Name} saw {completed} completed batches in {CallsInSlice} calls.");
        if (listeners is { Seen: < CallsInSlice * 2 })
            throw new InvalidOperationException($"The listeners saw {listeners.Seen} spans and measurements of {CallsInSlice} calls.");
        return new Run(elapsed, allocated);
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
