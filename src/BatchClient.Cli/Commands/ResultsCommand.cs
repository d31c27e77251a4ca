using System.CommandLine;
using BatchGateway.Cli.Input;
using BatchGateway.Cli.Output;
using BatchGateway.Cli.Results;

namespace BatchGateway.Cli.Commands;

internal sealed class ResultsCommand : ToolCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "The id of the batch" };
    private readonly OutputPath _out = new("Where to; a file that stands there is replaced once all is read");

    public ResultsCommand()
        : base(
            "results",
            "Writes one line for the outcome of each line of a batch: of its output file, its error file, and of lines in neither.",
            "results batch_abc123 --out results.jsonl",
            "results batch_abc123 --out results.jsonl --json | jq .succeeded")
    {
        Add(_id);
        Add(_out);
    }

    protected override async Task<ExitCode> RunAsync(Session session)
    {
        string id = session.Get(_id)!;
        string path = _out.Of(session);
        session.IfInterrupted($"The results were not all read, and {path} is as it was before.", "Run the same command again.");

        BatchOperation operation = session.Client.Attach(id);
        Batch batch = AtEnd(await operation.RefreshAsync(session.Cancelled));
        AskedLines asked = await AskedLines.OfAsync(session, operation, batch);
        ResultSummary summary = await session.Screen.ReadingAsync(session.Clock, () => WriteAsync(session, operation, asked, path));
        summary = summary with { Unnamed = asked.AreKnown ? 0 : Math.Max(0, (batch.RequestCounts?.Total ?? 0) - summary.Lines) };

        session.Screen.Show(summary.WriteTo, () => summary.View(batch));
        return summary.AllSucceeded ? ExitCode.Success : ExitCode.NotAllSucceeded;
    }

    /// <summary>A batch with results. One that failed in its validation never has any.</summary>
    private static Batch AtEnd(Batch batch)
    {
        if (!batch.IsTerminal)
            throw new ReportedException(new(
                "not_finished", $"Batch '{batch.Id}' is '{batch.Status}': there are no results yet.", "It goes on at the gateway.", $"{Tool.Name} wait {batch.Id}", ExitCode.Unfinished));
        if (batch.Status.Kind == BatchStatusKind.Failed && !BatchEnds.HasResults(batch))
            throw new BatchNotCompletedException(batch);
        return batch;
    }

    private static async Task<ResultSummary> WriteAsync(Session session, BatchOperation operation, AskedLines asked, string path)
    {
        long unmatched = 0;
        await using ResultFile file = new(path, operation.BatchId!);
        OutcomeOptions options = new() { Unmatched = _ => unmatched++ };
        await foreach (BatchOutcome<string, BatchResultLine> outcome in operation.ReadOutcomesAsync(asked.CustomIds, id => id, line => line, options, session.Cancelled))
            file.Add(outcome);
        file.Publish();
        return new(operation.BatchId!, path, file.Counts, unmatched);
    }
}
