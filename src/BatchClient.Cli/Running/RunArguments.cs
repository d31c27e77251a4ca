using System.CommandLine;
using BatchGateway.Cli.Commands;
using BatchGateway.Cli.Input;
using BatchGateway.Runs;

namespace BatchGateway.Cli.Running;

/// <summary>What the commands about runs share.</summary>
internal static class RunArguments
{
    public static Argument<string> Name() => new("NAME") { Description = "The name of the run" };

    public static Argument<int> Shard() => Numbers.Argument("SHARD", "The number of the shard, as runs show has it");

    /// <summary>How many shards of an unfinished run may have a batch that is still to be read.</summary>
    public static int Sent(BatchRunInfo run) => run.Status == BatchRunStatus.Ended ? 0 : run.Shards.Count(shard => shard.Status
        is BatchShardStatus.Intent or BatchShardStatus.Created or BatchShardStatus.Terminal or BatchShardStatus.Ambiguous);

    /// <summary>Shows a run whose shard was settled, and says what is left to do.</summary>
    public static async Task ShowSettledAsync(Session session, IBatchRuns runs, string name, int shard)
    {
        BatchRunInfo run = (await runs.FindAsync(name, session.Cancelled))!;
        session.Screen.Show(json => RunDocuments.Write(json, run), () => RunPages.One(run, session.Clock, session.Screen.Width));
        session.Screen.Note("Note", $"Shard {shard} is settled. The run goes on when the command that began it is given again.");
    }
}
