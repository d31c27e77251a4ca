using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BatchGateway.Runs.Internal;

/// <summary>Resumes unfinished runs when the host starts, and leaves them when it stops.</summary>
internal sealed class RunsService(IBatchRuns runs, IOptions<BatchRunsOptions> options, ILoggerFactory? logging = null) : BackgroundService
{
    private readonly ILogger _logger = (logging ?? NullLoggerFactory.Instance).CreateLogger("BatchClient.Runs");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.ResumeAtStart)
            return;

        // A state folder that cannot be used is somebody's mistake, and says so when runs are used; it must not take the host down.
        try
        {
            IReadOnlyList<BatchRunInfo> all = await runs.ListAsync(stoppingToken).ConfigureAwait(false);
            await Task.WhenAll(all.Where(IsUnfinished).Select(run => ResumeAsync(run.Name, stoppingToken))).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            _logger.RunsNotResumed(exception.Message);
        }
    }

    private static bool IsUnfinished(BatchRunInfo run) => run.Status is BatchRunStatus.Running or BatchRunStatus.Cancelling;

    private async Task ResumeAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            BatchRunSummary summary = await runs.ResumeAsync(name, progress: null, cancellationToken).ConfigureAwait(false);
            _logger.RunResumed(name, summary.Status, summary.Unsettled.Count);
        }
        catch (Exception exception)
        {
            // Whatever it is, a file that is gone or a rule of the application's that throws: the other runs go on, and so does the host.
            _logger.RunNotResumed(name, exception.Message);
        }
    }
}
