using BatchGateway.Cli.Commands;
using BatchGateway.Cli.Output;
using BatchGateway.Runs;

namespace BatchGateway.Cli.Running;

/// <summary>Sees a run, or its cancellation, to its end: shows it, and says how things stand when it is left.</summary>
/// <param name="session">The command.</param>
/// <param name="runs">Where the run is.</param>
/// <param name="name">Its name.</param>
internal sealed class RunGuide(Session session, IBatchRuns runs, string name)
{
    /// <summary>The command that goes on.</summary>
    private string Resume => session.CommandLine;

    /// <exception cref="ReportedException">It has stopped, or waits for a decision.</exception>
    public async Task<BatchRunSummary> DriveAsync(Func<IProgress<BatchRunProgress>, Task<BatchRunSummary>> run)
    {
        await RequireGatewayAsync();
        using CancellationTokenRegistration stopping = session.Cancelled.Register(() =>
            session.Screen.Note("Stopping", "What was begun is ended first. Ctrl+C again ends it at once."));
        try
        {
            BatchRunSummary summary = await ShownAsync(run);
            foreach (string notice in summary.Notices)
                session.Screen.Note("Note", RunWords.WithoutMethods(notice));
            return summary.Unsettled.Count == 0 ? summary : throw new ReportedException(RunReports.Ambiguous(summary, Resume));
        }
        catch (OperationCanceledException) when (session.Cancelled.IsCancellationRequested)
        {
            session.IfInterrupted(await StandingAsync(), Resume);
            throw;
        }
        catch (BatchRunException stopped)
        {
            throw new ReportedException(RunReports.Of(stopped) with { Next = $"Remove the cause, then: {Resume}" });
        }
    }

    private Task<BatchRunSummary> ShownAsync(Func<IProgress<BatchRunProgress>, Task<BatchRunSummary>> run) => session.Screen.IsLive
        ? new LiveRun(session.Screen, session.Clock).ShowAsync(run, async () => (await runs.FindAsync(name, CancellationToken.None))?.Shards ?? [])
        : run(new RunLines(session.Screen, session.Clock));

    /// <summary>
    /// A run waits for a gateway that is away, for days if need be. At its beginning that is more likely a wrong address or key, and told at once.
    /// </summary>
    private async Task RequireGatewayAsync()
    {
        if (await runs.FindAsync(name, session.Cancelled) is { Status: BatchRunStatus.Ended })
            return;

        try
        {
            await session.Screen.AskingAsync(() => session.Client.Files.ListPageAsync(FilePurpose.Batch, limit: 1, cancellationToken: session.Cancelled));
        }
        catch (BatchApiException refusal) when (refusal.StatusCode != System.Net.HttpStatusCode.Unauthorized)
        {
            // It is there, and knows the key: that it does not list files says nothing of batches.
        }
        catch (BatchClientException failure) when (failure is BatchApiException or BatchConnectionException or BatchResponseException)
        {
            throw new ReportedException(ErrorReports.Of(failure) with
            {
                State = await StandingAsync(),
                Next = $"Check the address and the key ({Tool.Name} doctor), then: {Resume}",
            });
        }
    }

    private async Task<string> StandingAsync()
    {
        if (await runs.FindAsync(name, CancellationToken.None) is not { Status: not BatchRunStatus.Spooling } run)
            return "Nothing was sent.";

        int running = run.Shards.Count(shard => shard.Status == BatchShardStatus.Created);
        string batches = running switch
        {
            0 => "No batch is under way at the gateway",
            1 => "One batch goes on at the gateway",
            _ => $"{Words.Count(running)} batches go on at the gateway",
        };
        return $"{batches}. {Words.Count(run.Outcomes.Values.Sum())} of {Words.Count(run.Lines)} lines have an outcome, which is safe here.";
    }
}
