namespace BatchGateway.Cli.Output;

/// <summary>A failure that a command has found itself, and already knows how to tell.</summary>
internal sealed class ReportedException(ErrorReport report) : Exception(report.Message)
{
    public ErrorReport Report => report;

    /// <summary>Wrong usage or bad input, found before anything was sent.</summary>
    public static ReportedException Usage(string message, string next) => new(ErrorReport.Usage(message, next));
}
