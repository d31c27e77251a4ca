using System.Diagnostics;
using BatchGateway.Runs.Chaos.Modes;
using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Chaos.Killing;

/// <summary>Ends this process with SIGKILL at the first of some points that it comes to: nothing is flushed, nothing is disposed of.</summary>
internal sealed class KillSwitch(IReadOnlyList<KillPoint> points) : StepProbe
{
    private readonly object _gate = new();

    public override void Reached(RunStep step, bool isDone, int shard)
    {
        KillPoint here = new(step, isDone);
        if (!points.Contains(here))
            return;

        // Never let go of: no second thread gets past such a point.
        Monitor.Enter(_gate);
        Console.WriteLine(WorkerWords.Reached + Words.Write(here));
        using Process self = Process.GetCurrentProcess();
        self.Kill();
        using ManualResetEventSlim never = new();
        never.Wait();
    }
}
