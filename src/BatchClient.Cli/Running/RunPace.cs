using BatchGateway.Cli.Output;
using BatchGateway.Runs;

namespace BatchGateway.Cli.Running;

/// <summary>How fast a run moves since this process took it up.</summary>
internal sealed class RunPace
{
    private long? _atStart;

    /// <summary>Lines a second; null before anything has moved.</summary>
    public double? Of(BatchRunProgress progress)
    {
        long done = Done(progress);
        _atStart ??= done;
        double pace = (done - _atStart.Value) / Math.Max(1, progress.Elapsed.TotalSeconds);
        return pace > 0 ? pace : null;
    }

    /// <summary>The lines that have an outcome, and those that batches say they have done.</summary>
    public static long Done(BatchRunProgress progress) => Math.Min(progress.Lines, progress.Outcomes.Values.Sum() + progress.LinesReported);

    public static string InWords(double? pace) => pace switch
    {
        null => "-",
        >= 10 => $"{Words.Count((long)pace)} lines/s",
        >= 1 => FormattableString.Invariant($"{pace:0.0} lines/s"),
        _ => FormattableString.Invariant($"{pace * 60:0.0} lines/min"),
    };
}
