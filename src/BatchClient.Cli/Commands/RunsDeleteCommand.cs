using System.CommandLine;
using BatchGateway.Cli.Output;
using BatchGateway.Cli.Running;
using BatchGateway.Runs;

namespace BatchGateway.Cli.Commands;

internal sealed class RunsDeleteCommand : ToolCommand
{
    private readonly Argument<string> _name = RunArguments.Name();
    private readonly StateFolder _state = new();
    private readonly Option<bool> _force = new("--force") { Description = "Also a run that has not ended: its batches go on at the gateway, and nobody reads them" };

    public RunsDeleteCommand()
        : base("delete", "Deletes a run here, with its lines and its results. No gateway is asked.", "runs delete reviews")
    {
        Add(_name);
        Add(_state);
        Add(_force);
    }

    protected override async Task<ExitCode> RunAsync(Session session)
    {
        string name = session.Get(_name)!;
        (IBatchRuns runs, BatchRunInfo run) = await _state.FindAsync(session, name);
        if (!session.Get(_force) && RunArguments.Sent(run) > 0)
            throw new ReportedException(new(
                "not_ended",
                $"Run '{name}' has not ended: batches of it may be under way, and are paid for.",
                "Nothing was deleted.",
                $"Cancel it first: {Tool.Name} runs cancel {Shell.Quote(name)}; or give its batches up: add --force.",
                ExitCode.Usage));

        await runs.DeleteAsync(name, session.Cancelled);
        session.Screen.Show(
            json =>
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteBoolean("deleted", true);
                json.WriteEndObject();
            },
            () => Views.Labelled().Row("Deleted", name));
        return ExitCode.Success;
    }
}
