using System.CommandLine;
using BatchGateway.Cli.Input;
using BatchGateway.Cli.Output;

namespace BatchGateway.Cli.Commands;

internal sealed class ListCommand : ToolCommand
{
    private const int LargestPage = 100;

    private readonly Option<long?> _limit = Numbers.Option("--limit", "At most so many, the newest first [default: all]");

    public ListCommand()
        : base("list", "Lists the batches at the gateway, the newest first.", "list --limit 20", "list --json") => Add(_limit);

    protected override async Task<ExitCode> RunAsync(Session session)
    {
        int? limit = (int?)session.Get(_limit);
        List<Batch> batches = [];
        await foreach (Batch batch in session.Client.Batches.ListAsync(limit is null ? null : Math.Min(limit.Value, LargestPage), cancellationToken: session.Cancelled))
        {
            batches.Add(batch);
            if (batches.Count == limit)
                break;
        }

        session.Screen.Show(batches, () => BatchViews.Many(batches, session.Clock, session.Screen.Width));
        return ExitCode.Success;
    }
}
