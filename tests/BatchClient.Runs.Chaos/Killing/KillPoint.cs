using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Chaos.Killing;

/// <summary>A named place at which a process ends: before or after a durable step.</summary>
internal readonly record struct KillPoint(RunStep Step, bool IsDone) : IComparable<KillPoint>
{
    /// <summary>Every place, in the order of a shard's life.</summary>
    public static IReadOnlyList<KillPoint> All { get; } =
        [.. Enum.GetValues<RunStep>().SelectMany(step => new[] { new KillPoint(step, false), new KillPoint(step, true) })];

    public int CompareTo(KillPoint other) => (Step, IsDone).CompareTo((other.Step, other.IsDone));

    public override string ToString() => $"{Step} {(IsDone ? "after" : "before")}";
}
