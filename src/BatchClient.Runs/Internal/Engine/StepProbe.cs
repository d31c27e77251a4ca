namespace BatchGateway.Runs.Internal;

/// <summary>Told before and after every durable step, by tests that stop the process there. An exception of its is a crash.</summary>
internal abstract class StepProbe
{
    public abstract void Reached(RunStep step, bool isDone, int shard);
}
