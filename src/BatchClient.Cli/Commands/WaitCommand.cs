using System.CommandLine;
using BatchGateway.Cli.Input;
using BatchGateway.Cli.Output;

namespace BatchGateway.Cli.Commands;

internal sealed class WaitCommand : ToolCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "The id of the batch" };
    private readonly Option<TimeSpan?> _deadline = Durations.Option("--deadline", "Wait no longer than this [default: as long as it takes]");
    private readonly Option<TimeSpan?> _poll = Durations.Positive("--poll", "Ask this often [default: after 2s, then slower, up to once a minute]");

    public WaitCommand()
        : base(
            "wait",
            "Waits for the end of a batch. The exit code is 1 when it did not complete or lines of it failed.",
            "wait batch_abc123",
            "wait batch_abc123 --deadline 2h",
            "wait batch_abc123 && batchclient results batch_abc123 --out results.jsonl")
    {
        Add(_id);
        Add(_deadline);
        Add(_poll);
    }

    protected override async Task<ExitCode> RunAsync(Session session)
    {
        string id = session.Get(_id)!;
        session.IfInterrupted($"Batch '{id}' goes on at the gateway.", session.CommandLine);

        Batch batch = await WaitAsync(session, id);
        session.Screen.Show(batch, () => BatchViews.One(batch, session.Clock));
        if (BatchEnds.HasResults(batch))
            session.Screen.Suggest("Next", $"{Tool.Name} results {id} --out results.jsonl");
        return BatchEnds.ExitCodeOf(batch);
    }

    private async Task<Batch> WaitAsync(Session session, string id)
    {
        BatchOperation operation = session.Client.Attach(id);
        try
        {
            return await session.Screen.WaitAsync(id, progress => operation.WaitAsync(Patience(session), progress, session.Cancelled));
        }
        catch (BatchWaitTimeoutException timeout)
        {
            throw new ReportedException(ErrorReports.Of(timeout) with { Next = session.CommandLine });
        }
    }

    private WaitOptions Patience(Session session)
    {
        WaitOptions options = new() { Timeout = session.Get(_deadline) };
        if (session.Get(_poll) is { } poll)
            (options.PollInterval, options.MaxPollInterval) = (poll, poll);
        return options;
    }
}
