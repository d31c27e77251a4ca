using System.CommandLine;
using BatchGateway.Cli.Output;

namespace BatchGateway.Cli.Commands;

internal sealed class CancelCommand : ToolCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "The id of the batch" };

    public CancelCommand()
        : base("cancel", "Asks the gateway to cancel a batch. What is done by then is kept, and paid for.", "cancel batch_abc123") => Add(_id);

    protected override async Task<ExitCode> RunAsync(Session session)
    {
        Batch batch = await session.Client.Batches.CancelAsync(session.Get(_id)!, cancellationToken: session.Cancelled);
        session.Screen.Show(batch, () => BatchViews.One(batch, session.Clock));
        if (!batch.IsTerminal)
            session.Screen.Note("Note", "Cancelling takes ten minutes and more; what is done by then still comes as results.");
        return ExitCode.Success;
    }
}
