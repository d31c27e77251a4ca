namespace BatchGateway.Runs.Tests.Support;

/// <summary>Keeps every report, at once and on the reporter's own thread.</summary>
internal sealed class ProgressLog(Action<BatchRunProgress>? also = null) : IProgress<BatchRunProgress>
{
    private readonly List<BatchRunProgress> _reports = [];

    public IReadOnlyList<BatchRunProgress> Reports
    {
        get
        {
            lock (_reports)
                return [.. _reports];
        }
    }

    public IEnumerable<string> Notices => Reports.SelectMany(report => report.Notices);

    public void Report(BatchRunProgress value)
    {
        lock (_reports)
            _reports.Add(value);
        also?.Invoke(value);
    }
}
