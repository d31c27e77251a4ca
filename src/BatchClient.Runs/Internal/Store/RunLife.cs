namespace BatchGateway.Runs.Internal;

/// <summary>The life of a run: which state may follow which. From spooling to running leads the sealing of its input alone.</summary>
internal static class RunLife
{
    public static bool Allows(RunState from, RunState to) => (from, to) is
        (RunState.Spooling, RunState.Ended) or
        (RunState.Running, RunState.Cancelling or RunState.Ended) or
        (RunState.Cancelling, RunState.Ended) or
        // A shard that a person settled later has results to read.
        (RunState.Ended, RunState.Running);
}
