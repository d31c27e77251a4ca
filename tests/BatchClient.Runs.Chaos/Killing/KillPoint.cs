using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Chaos.Killing;

/// <summary>A named place at which a process ends: before or after a durable step.</summary>
internal readonly record struct KillPoint(RunStep Step, bool IsDone) : IComparable<KillPoint>
{
    /// <summary>Every place, in the order of a shard's life.</summary>
    public static IReadOnlyList<KillPoint> All { get; } = Around(Enum.GetValues<RunStep>());

    /// <summary>The places in the deletion of a run.</summary>
    public static IReadOnlyList<KillPoint> OfDeletion { get; } = Around(RunStep.Forget, RunStep.Sweep);

    /// <summary>The places in the life of a run.</summary>
    public static IReadOnlyList<KillPoint> OfRun { get; } = [.. All.Except(OfDeletion)];

    /// <summary>Before and after each of some steps.</summary>
    public static IReadOnlyList<KillPoint> Around(params ReadOnlySpan<RunStep> steps)
    {
        List<KillPoint> points = [];
        foreach (RunStep step in steps)
            points.AddRange([new KillPoint(step, false), new KillPoint(step, true)]);
        return points;
    }

    public int CompareTo(KillPoint other) => (Step, IsDone).CompareTo((other.Step, other.IsDone));

    public override string ToString() => $"{Step} {(IsDone ? "after" : "before")}";
}
