using System.Globalization;

namespace BatchGateway.Benchmarks.Compare;

internal sealed class PairResult(IReadOnlyList<Round> rounds)
{
    /// <summary>The median of the ratios of the rounds, not the ratio of the medians: what disturbs a round disturbs both its sides.</summary>
    public double Speedup => Median(round => round.Speedup);

    public double Allocated => Median(round => round.Ours.Allocated);

    /// <summary>Prints what is behind the figures.</summary>
    /// <param name="name">The pair.</param>
    /// <param name="bytes">How much each side has handled.</param>
    public void Explain(string name, long bytes)
    {
        Report.Comment($"{name}: baseline {Speed(round => round.Baseline, bytes)}, ours {Speed(round => round.Ours, bytes)}");
        Report.Comment($"{name}: rounds {string.Join(' ', rounds.Select(round => round.Speedup.ToString("0.00", CultureInfo.InvariantCulture)))}");
    }

    private FormattableString Speed(Func<Round, Run> side, long bytes)
    {
        double seconds = Median(round => side(round).Elapsed.TotalSeconds);
        double allocated = Median(round => side(round).Allocated) / Units.Megabyte;
        return $"{seconds:0.000} s = {bytes / seconds / Units.Megabyte:0} MB/s, {allocated:0.##} MB allocated";
    }

    private double Median(Func<Round, double> value)
    {
        double[] sorted = [.. rounds.Select(value).Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
