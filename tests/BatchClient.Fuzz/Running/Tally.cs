using System.Runtime.InteropServices;

namespace BatchGateway.Fuzz.Running;

/// <summary>What was seen of one target.</summary>
internal sealed class Tally
{
    private readonly Dictionary<string, long> _ends = [];

    public long Cases { get; private set; }

    public TimeSpan Time { get; private set; }

    public (TimeSpan Time, long Number) Slowest { get; private set; }

    public long MostBytes { get; private set; }

    public IReadOnlyDictionary<string, long> Ends => _ends;

    public void Add(long number, in CaseResult result)
    {
        Cases++;
        Time += result.Time;
        CollectionsMarshal.GetValueRefOrAddDefault(_ends, result.Ended, out _)++;
        MostBytes = Math.Max(MostBytes, result.Bytes);
        if (result.Time > Slowest.Time)
            Slowest = (result.Time, number);
    }

    public void Add(Tally other)
    {
        Cases += other.Cases;
        Time += other.Time;
        MostBytes = Math.Max(MostBytes, other.MostBytes);
        if (other.Slowest.Time > Slowest.Time)
            Slowest = other.Slowest;
        foreach ((string end, long count) in other._ends)
            CollectionsMarshal.GetValueRefOrAddDefault(_ends, end, out _) += count;
    }
}
