namespace BatchGateway.Fuzz.Running;

/// <summary>Some cases of a target, by their numbers.</summary>
internal readonly record struct Chunk(string Target, long First, long End)
{
    private const int Size = 200;

    /// <summary>All cases, divided by the targets' shares, and mixed so that every worker always has something of everything.</summary>
    public static IEnumerable<Chunk> Divide(long cases, IReadOnlyList<(string Name, int Share)> targets)
    {
        long shares = Math.Max(1, targets.Sum(target => target.Share));
        return targets
            .Select(target => (target.Name, Count: targets.Count == 1 ? cases : Math.Max(1, cases * target.Share / shares)))
            .SelectMany(target => Of(target.Name, target.Count))
            .OrderBy(piece => piece.Place).Select(piece => piece.Chunk);
    }

    private static IEnumerable<(double Place, Chunk Chunk)> Of(string target, long count)
    {
        for (long first = 0; first < count; first += Size)
            yield return ((double)first / count, new Chunk(target, first, Math.Min(first + Size, count)));
    }
}
