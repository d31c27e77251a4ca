using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Tests.Support;

/// <summary>Ends the process at a step, once it has been reached so many times.</summary>
internal sealed class CrashAt(RunStep step, bool after, int times = 1) : StepProbe
{
    private int _left = times;
    private bool _isDead;

    /// <summary>Whether the step was reached.</summary>
    public bool HasCrashed => _isDead;

    public override void Reached(RunStep reached, bool isDone, int shard)
    {
        // A dead process takes no further step.
        if (_isDead)
            throw new CrashException("before");
        if (reached != step || isDone != after || Interlocked.Decrement(ref _left) != 0)
            return;

        _isDead = true;
        throw new CrashException($"{(after ? "after" : "before")} {step} of shard {shard}");
    }
}
