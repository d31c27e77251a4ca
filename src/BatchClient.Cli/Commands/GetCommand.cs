using System.CommandLine;
using BatchGateway.Cli.Output;

namespace BatchGateway.Cli.Commands;

internal sealed class GetCommand : ToolCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "The id of the batch" };

    public GetCommand()
        : base("get", "Shows a batch as it stands now.", "get batch_abc123", "get batch_abc123 --json | jq .status") => Add(_id);

    protected override async Task<ExitCode> RunAsync(Session session)
    {
        Batch batch = await session.Client.Batches.GetAsync(session.Get(_id)!, cancellationToken: session.Cancelled);
        session.Screen.Show(batch, () => BatchViews.One(batch, session.Clock));
        return ExitCode.Success;
    }
}
