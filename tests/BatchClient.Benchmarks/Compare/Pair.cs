using System.Diagnostics;

namespace BatchGateway.Benchmarks.Compare;

/// <summary>Runs a baseline and ours in turn, each alone on a quiet heap and a quiet disk.</summary>
internal sealed class Pair<TSeen>
    where TSeen : IEquatable<TSeen>
{
    private readonly Side<TSeen> _baseline;
    private readonly Side<TSeen> _ours;
    private readonly string[] _outputs;

    /// <param name="baseline">What is measured against.</param>
    /// <param name="ours">What is measured.</param>
    /// <param name="outputs">Files that a run leaves; they are removed before the next one.</param>
    public Pair(Side<TSeen> baseline, Side<TSeen> ours, params string[] outputs) => (_baseline, _ours, _outputs) = (baseline, ours, outputs);

    /// <summary>One round to warm up, and then as many as are wanted.</summary>
    /// <exception cref="InvalidOperationException">The sides have not seen the same.</exception>
    public async Task<PairResult> RunAsync(int count)
    {
        await RoundAsync();
        List<Round> rounds = [];
        while (rounds.Count < count)
            rounds.Add(await RoundAsync());
        return new PairResult(rounds);
    }

    private async Task<Round> RoundAsync()
    {
        (Run baseline, TSeen expected) = await RunAsync(_baseline);
        (Run ours, TSeen seen) = await RunAsync(_ours);
        return seen.Equals(expected)
            ? new Round(baseline, ours)
            : throw new InvalidOperationException($"The baseline saw {expected}, ours saw {seen}: they have not done the same.");
    }

    private async Task<(Run Run, TSeen Seen)> RunAsync(Side<TSeen> side)
    {
        await SettleAsync();
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        await side.Run();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        return (new Run(elapsed, allocated), side.Seen());
    }

    /// <summary>No side pays for what the other has left behind, on the heap or on its way to the disk.</summary>
    private async Task SettleAsync()
    {
        foreach (string output in _outputs)
            File.Delete(output);
        await Disk.SettleAsync();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
