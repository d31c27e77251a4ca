using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Tests.Support;

/// <summary>Tells a test of every step: which one, whether it is done, and of which shard.</summary>
internal sealed class Told(Action<RunStep, bool, int> tell) : StepProbe
{
    public override void Reached(RunStep step, bool isDone, int shard) => tell(step, isDone, shard);
}
