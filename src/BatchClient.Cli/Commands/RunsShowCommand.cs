using System.CommandLine;
using BatchGateway.Cli.Output;
using BatchGateway.Cli.Running;
using BatchGateway.Runs;

namespace BatchGateway.Cli.Commands;

internal sealed class RunsShowCommand : ToolCommand
{
    private readonly Argument<string> _name = RunArguments.Name();
    private readonly StateFolder _state = new();

    public RunsShowCommand()
        : base("show", "Shows a run and its shards as they stand in the state folder. No gateway is asked.", "runs show reviews", "runs show reviews --json | jq .shards")
    {
        Add(_name);
        Add(_state);
    }

    protected override async Task<ExitCode> RunAsync(Session session)
    {
        (_, BatchRunInfo run) = await _state.FindAsync(session, session.Get(_name)!);
        session.Screen.Show(json => RunDocuments.Write(json, run), () => RunPages.One(run, session.Clock, session.Screen.Width));
        return ExitCode.Success;
    }
}
