using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Chaos.Killing;

/// <summary>
/// Where processes die: at every named point at least once, and at random moments. A process is given some of the points at which nobody has died
/// yet, and dies at the first that it comes to, so that no point is passed by for good.
/// </summary>
internal sealed class KillPlan
{
    private const int RandomOneIn = 3;

    private static readonly TimeSpan LongestLife = TimeSpan.FromMilliseconds(500);

    private readonly Random _random;
    private readonly IReadOnlyList<KillPoint> _all;
    private readonly List<KillPoint> _open;
    private int _kills;

    /// <param name="seed">Decides everything.</param>
    /// <param name="points">Where somebody must have died.</param>
    /// <param name="kills">How often somebody must have died.</param>
    public KillPlan(int seed, IReadOnlyList<KillPoint> points, int kills)
    {
        _random = new Random(seed);
        _all = points;
        _open = [.. points];
        _kills = kills;
    }

    /// <summary>Whether processes die at the points in their order, and not by chance.</summary>
    public bool InOrder { get; init; }

    /// <summary>The points at which no process has died yet.</summary>
    public IReadOnlyCollection<KillPoint> Open => _open;

    /// <summary>Whether nobody has to die any more.</summary>
    public bool IsDone => _open.Count == 0 && _kills <= 0;

    /// <summary>How the next process dies; by nothing when all is shown.</summary>
    public Death Next()
    {
        if (IsDone)
            return Death.None;
        if (InOrder)
            return new Death([.. _open.Take(1)], null);
        bool hasRoom = _kills > _open.Count;
        if (hasRoom && _random.Next(RandomOneIn) == 0)
            return new Death([], LongestLife * _random.NextDouble());

        // The end of a run is the end of all other deaths in it, and so comes last.
        List<KillPoint> open = _open.FindAll(point => !hasRoom || !IsEnd(point));
        return new Death(open.Count > 0 ? SomeOf(open, oneIn: 2) : SomeOf([.. _all.Where(point => !IsEnd(point))], oneIn: 4), null);
    }

    /// <summary>Whether a process that goes on with a run does so without its lines.</summary>
    public bool NextResumes() => _random.Next(2) == 0;

    /// <summary>Somebody has died: at this point, or at a random moment.</summary>
    public void Died(KillPoint? at)
    {
        _kills--;
        if (at is { } point)
            _open.Remove(point);
    }

    private static bool IsEnd(KillPoint point) => point.Step == RunStep.End;

    private List<KillPoint> SomeOf(IReadOnlyList<KillPoint> points, int oneIn)
    {
        List<KillPoint> some = [.. points.Where(_ => _random.Next(oneIn) == 0)];
        return some.Count > 0 ? some : [points[_random.Next(points.Count)]];
    }
}
