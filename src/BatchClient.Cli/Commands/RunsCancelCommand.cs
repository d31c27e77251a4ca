using System.CommandLine;
using BatchGateway.Cli.Output;
using BatchGateway.Cli.Running;
using BatchGateway.Runs;

namespace BatchGateway.Cli.Commands;

internal sealed class RunsCancelCommand : ToolCommand
{
    private readonly Argument<string> _name = RunArguments.Name();
    private readonly StateFolder _state = new();

    public RunsCancelCommand()
        : base(
            "cancel",
            "Cancels a run: nothing more is sent, its batches are cancelled, and what they did is brought in. That takes ten minutes and more.",
            "runs cancel reviews")
    {
        Add(_name);
        Add(_state);
    }

    protected override async Task<ExitCode> RunAsync(Session session)
    {
        string name = session.Get(_name)!;
        (IBatchRuns runs, _) = await _state.FindAsync(session, name);
        BatchRunSummary summary = await new RunGuide(session, runs, name).DriveAsync(progress => runs.CancelAsync(name, progress, session.Cancelled));
        session.Screen.Show(json => RunDocuments.Write(json, summary, path: null), () => RunPages.Summary(summary, path: null));
        return ExitCode.Success;
    }
}
