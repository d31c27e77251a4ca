using BatchGateway.Cli.Output;
using BatchGateway.Cli.Running;
using BatchGateway.Runs;

namespace BatchGateway.Cli.Commands;

internal sealed class RunsListCommand : ToolCommand
{
    private readonly StateFolder _state = new();

    public RunsListCommand()
        : base("list", "Lists the runs in the state folder. No gateway is asked.", "runs list", "runs list --state ./state --json") => Add(_state);

    protected override async Task<ExitCode> RunAsync(Session session)
    {
        IReadOnlyList<BatchRunInfo> runs = _state.Exists(session) ? await _state.Open(session).ListAsync(session.Cancelled) : [];
        session.Screen.Show(json => RunDocuments.Write(json, runs), () => RunPages.Many(runs, session.Clock, session.Screen.Width));
        return ExitCode.Success;
    }
}
