using System.CommandLine;
using BatchGateway.Cli.Output;
using BatchGateway.Cli.Running;
using BatchGateway.Runs;

namespace BatchGateway.Cli.Commands;

internal sealed class RunsAbandonCommand : ToolCommand
{
    private readonly Argument<string> _name = RunArguments.Name();
    private readonly Argument<int> _shard = RunArguments.Shard();
    private readonly StateFolder _state = new();

    public RunsAbandonCommand()
        : base("abandon", "Gives up a shard that only a person can settle: its lines get the outcome missing, and are not sent again.", "runs abandon reviews 3")
    {
        Add(_name);
        Add(_shard);
        Add(_state);
    }

    protected override async Task<ExitCode> RunAsync(Session session)
    {
        string name = session.Get(_name)!;
        session.IfInterrupted("The shard may be as it was, or given up.", $"{Tool.Name} runs show {Shell.Quote(name)}");
        (IBatchRuns runs, _) = await _state.FindAsync(session, name);
        await runs.AbandonAsync(name, session.Get(_shard), session.Cancelled);
        await RunArguments.ShowSettledAsync(session, runs, name, session.Get(_shard));
        return ExitCode.Success;
    }
}
