using System.Diagnostics;
using BatchGateway.Benchmarks.Memory;
using BatchGateway.Runs;

namespace BatchGateway.Benchmarks.Runs;

/// <summary>Tells how a run goes on, and what it has taken so far.</summary>
internal sealed class RunLog(Stopwatch watch) : IProgress<BatchRunProgress>
{
    private string _last = "";

    public void Report(BatchRunProgress value)
    {
        foreach (string notice in value.Notices)
            Say(notice);
        string shards = string.Join(", ", value.Shards.OrderBy(shard => shard.Key).Select(shard => $"{shard.Value} {shard.Key}"));
        if (shards != _last)
            Say(shards);
        _last = shards;
    }

    public void Say(string what)
    {
        (double now, double peak) = (ProcessMemory.Resident(), ProcessMemory.Peak());
        Benchmarks.Report.Comment($"{watch.Elapsed.TotalSeconds,6:0.0} s, {now:0} MB now, {peak:0} at most, {Managed():0} managed: {what}");
    }

    private static double Managed() => (double)GC.GetGCMemoryInfo().TotalCommittedBytes / (1 << 20);
}
