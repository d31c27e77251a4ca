using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Tests.Support;

/// <summary>Does something the first time a step is about to be made durable. What it throws comes from there.</summary>
internal sealed class ActAt(RunStep step, Action act) : StepProbe
{
    private int _hasActed;

    public override void Reached(RunStep reached, bool isDone, int shard)
    {
        if (reached == step && !isDone && Interlocked.Exchange(ref _hasActed, 1) == 0)
            act();
    }
}
