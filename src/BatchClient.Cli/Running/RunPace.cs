using BatchGateway.Cli.Output;
using BatchGateway.Runs;

namespace BatchGateway.Cli.Running;

/// <summary>How far a run is, and how fast it moves.</summary>
internal static class RunPace
{
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
