using System.CommandLine;
using BatchGateway.Cli.Output;
using BatchGateway.Cli.Running;
using BatchGateway.Runs;

namespace BatchGateway.Cli.Commands;

internal sealed class RunsAttachCommand : ToolCommand
{
    private readonly Argument<string> _name = RunArguments.Name();
    private readonly Argument<int> _shard = RunArguments.Shard();
    private readonly Argument<string> _batch = new("BATCH_ID") { Description = "Its batch, found in the gateway's console" };
    private readonly StateFolder _state = new();

    public RunsAttachCommand()
        : base("attach", "Settles an ambiguous shard: this is its batch. It is looked at first, and must be of the shard's file.", "runs attach reviews 3 batch_abc123")
    {
        Add(_name);
        Add(_shard);
        Add(_batch);
        Add(_state);
    }

    protected override async Task<ExitCode> RunAsync(Session session)
    {
        string name = session.Get(_name)!;
        session.IfInterrupted("The shard may be as it was, or settled.", $"{Tool.Name} runs show {Shell.Quote(name)}");
        (IBatchRuns runs, _) = await _state.FindAsync(session, name);
        await runs.AttachAsync(name, session.Get(_shard), session.Get(_batch)!, session.Cancelled);
        await RunArguments.ShowSettledAsync(session, runs, name, session.Get(_shard));
        return ExitCode.Success;
    }
}
