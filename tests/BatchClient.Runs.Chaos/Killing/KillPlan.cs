using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Chaos.Killing;

/// <summary>
/// Which process dies where: at every named point at least once, and at random moments between. A run may be over before a point is reached; then it is
/// the next run's.
/// </summary>
internal sealed class KillPlan
{
    private static readonly TimeSpan LongestLife = TimeSpan.FromMilliseconds(700);

    private readonly Random _random;
    private readonly HashSet<KillPoint> _open;
    private readonly Queue<Death> _run = new();
    private int _kills;

    public KillPlan(int seed, IEnumerable<KillPoint> points, int kills)
    {
        _random = new Random(seed);
        _open = [.. points];
        _kills = kills;
    }

    /// <summary>The points at which no process has died yet.</summary>
    public IReadOnlyCollection<KillPoint> Open => _open;

    /// <summary>Whether another run is needed.</summary>
    public bool IsDone => _open.Count == 0 && _kills <= 0;

    /// <summary>Plans the deaths of one run: what comes only once in its life at its beginning and at its end, all else in any order.</summary>
    public void BeginRun()
    {
        _run.Clear();
        List<Death> middle = [.. _open.Where(point => !IsEarly(point) && !IsLate(point)).Select(point => new Death(point, null))];
        middle.AddRange(Enumerable.Range(0, Math.Max(0, _kills - _open.Count)).Select(_ => new Death(null, LongestLife * _random.NextDouble())));
        Death[] mixed = [.. middle];
        _random.Shuffle(mixed);
        foreach (Death death in Only(IsEarly).Concat(mixed).Concat(Only(IsLate)))
            _run.Enqueue(death);
    }

    /// <summary>The next one of this run; one that never comes when nothing is left to be shown.</summary>
    public Death Next() => _run.TryDequeue(out Death? death) ? death : new Death(null, null);

    /// <summary>Whether a process that goes on may do so without the lines.</summary>
    public bool NextResumes() => _random.Next(2) == 0;

    /// <summary>Somebody has died as it was planned.</summary>
    public void Died(Death death)
    {
        _kills--;
        if (death.Point is { } point)
            _open.Remove(point);
    }

    private IEnumerable<Death> Only(Func<KillPoint, bool> which) => _open.Where(which).Order(Comparer<KillPoint>.Create(ByLife)).Select(point => new Death(point, null));

    private static int ByLife(KillPoint left, KillPoint right) => (left.Step, left.IsDone).CompareTo((right.Step, right.IsDone));

    private static bool IsEarly(KillPoint point) => point.Step is RunStep.Spool or RunStep.Seal;

    private static bool IsLate(KillPoint point) => point.Step is RunStep.End;
}
