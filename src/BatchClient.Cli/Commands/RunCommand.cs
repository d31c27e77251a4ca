using System.CommandLine;
using BatchGateway.Cli.Input;
using BatchGateway.Cli.Output;
using BatchGateway.Cli.Running;
using BatchGateway.Runs;

namespace BatchGateway.Cli.Commands;

internal sealed class RunCommand : ToolCommand
{
    private readonly InputArguments _input;
    private readonly Option<string> _name = new("--name") { Description = "The name of the run: it is found again by it", HelpName = "N", Required = true };
    private readonly OutputPath _out = new("Where the results go at its end, in the order of the lines; a file that stands there is replaced");
    private readonly StateFolder _state = new();
    private readonly Option<BatchLimits?> _profile = Profiles.Option();
    private readonly Option<long?> _maxLines = Numbers.Option("--max-lines-per-batch", "At most so many lines in a batch [default: the profile's]");
    private readonly Option<long?> _maxBytes = Numbers.Option("--max-bytes-per-batch", "At most so many bytes in a batch [default: the profile's]");
    private readonly Option<long?> _maxInFlight = Numbers.Option("--max-in-flight", "At most so many batches at once [default: any number]");
    private readonly Option<long?> _attempts = Numbers.Option("--attempts", "Send a line at most so often [default: 3]");
    private readonly Option<TimeSpan?> _poll = Durations.Positive("--poll", "Look at each batch this often [default: after 2s, then slower, down to 2m]");
    private readonly Option<string?> _price = new("--price") { Description = "JSON with prices by model, for the cost", HelpName = "FILE" };

    public RunCommand()
        : base(
            "run",
            "Sends any number of lines in as many batches as it takes, and writes one result for each. The same command again goes on where it stood.",
            "run lines.jsonl --name reviews --out results.jsonl",
            "run prompts.txt --prompts --model gpt-4o-mini --name reviews --out results.jsonl --max-in-flight 8",
            "run lines.jsonl --name reviews --out results.jsonl --json | jq .succeeded")
    {
        _input = new InputArguments(this);
        foreach (Option option in (Option[])[_name, _out, _state, _profile, _maxLines, _maxBytes, _maxInFlight, _attempts, _poll, _price])
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Session session)
    {
        string name = session.Get(_name)!;
        string path = _out.Of(session);
        using InputFile input = await _input.OpenAsync(session);
        BatchRunRequest request = Requested(session, name, input);
        session.IfInterrupted("Nothing was sent.", session.CommandLine);

        IBatchRuns runs = _state.Open(session, session.Get(_poll));
        BatchRunSummary summary = await GuidedAsync(session, runs, request);
        await WriteAsync(session, runs, name, path);
        session.Screen.Show(json => RunDocuments.Write(json, summary, path), () => RunPages.Summary(summary, path));
        return summary.AllSucceeded ? ExitCode.Success : ExitCode.NotAllSucceeded;
    }

    private BatchRunRequest Requested(Session session, string name, InputFile input)
    {
        BatchLimits limits = session.LimitsOf(_profile);
        return new BatchRunRequest(name, input.ReadLinesAsync(session.Cancelled))
        {
            Limits = limits with { MaxLines = session.Get(_maxLines) ?? limits.MaxLines, MaxBytes = session.Get(_maxBytes) ?? limits.MaxBytes },
            MaxBatchesInFlight = (int?)session.Get(_maxInFlight),
            MaxAttempts = (int?)session.Get(_attempts) ?? 3,
            Prices = session.Get(_price) is { } file ? PriceFile.Read(file) : null,
        };
    }

    private static async Task<BatchRunSummary> GuidedAsync(Session session, IBatchRuns runs, BatchRunRequest request)
    {
        try
        {
            return await new RunGuide(session, runs, request.Name).DriveAsync(progress => runs.RunAsync(request, progress, session.Cancelled));
        }
        catch (BatchRunConflictException conflict)
        {
            throw new ReportedException(ErrorReports.Of(conflict) with
            {
                Next = $"Give the lines that it began with, or another name: --name N. To be rid of the run there is: {Tool.Name} runs delete {Shell.Quote(request.Name)}",
            });
        }
    }

    private static async Task WriteAsync(Session session, IBatchRuns runs, string name, string path)
    {
        session.IfInterrupted($"The run has ended, and its results are safe. {path} is as it was before.", session.CommandLine);
        try
        {
            await runs.WriteResultsAsync(name, path, session.Cancelled);
        }
        catch (BatchRunException failure)
        {
            throw new ReportedException(RunReports.Of(failure) with { Next = $"Make room for the file, or name another one, then: {session.CommandLine}" });
        }
    }
}
