using System.Diagnostics;
using BatchGateway.Runs.Chaos.Modes;
using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Chaos.Killing;

/// <summary>Ends this process with SIGKILL the first time that it comes to a point: nothing is flushed, nothing is disposed of.</summary>
internal sealed class KillSwitch(KillPoint? point) : StepProbe
{
    private readonly object _gate = new();

    public override void Reached(RunStep step, bool isDone, int shard)
    {
        if (new KillPoint(step, isDone) != point)
            return;

        // Held for ever: no second thread gets past the same point.
        Monitor.Enter(_gate);
        Console.WriteLine($"{WorkerWords.Reached}{point} of shard {shard}");
        using Process self = Process.GetCurrentProcess();
        self.Kill();
        using ManualResetEventSlim never = new();
        never.Wait();
    }
}
