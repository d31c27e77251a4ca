using BatchGateway.Cli.Output;
using BatchGateway.Runs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BatchGateway.Cli.Running;

/// <summary>Shards of a run, for people.</summary>
internal static class RunShards
{
    /// <summary>Whether something is still to be done for it.</summary>
    public static bool IsOpen(BatchShardInfo shard) =>
        shard.Status is not (BatchShardStatus.Harvested or BatchShardStatus.Cleaned or BatchShardStatus.Abandoned);

    /// <summary>What one would look at first: what waits for a decision, what has a problem, what is nearest to its end.</summary>
    public static int Interest(BatchShardInfo shard) => shard switch
    {
        { Status: BatchShardStatus.Ambiguous } => 0,
        { Problem: not null } => 1,
        { Status: BatchShardStatus.Intent } => 2,
        { Status: BatchShardStatus.Terminal } => 3,
        { Status: BatchShardStatus.Created } => 4,
        { Status: BatchShardStatus.Uploading or BatchShardStatus.Uploaded } => 5,
        _ => 6,
    };

    public static IRenderable Table(IEnumerable<BatchShardInfo> shards, int width)
    {
        Lines lines = new("SHARD", "STATUS", "LINES", "TRY", "BATCH", "PROBLEM");
        foreach (BatchShardInfo shard in shards)
            lines.Add(
                Words.Count(shard.Number),
                new(RunWords.Of(shard.Status), StyleOf(shard)),
                Words.Count(shard.Lines),
                Words.Count(shard.Attempt),
                shard.BatchId,
                RunWords.Problem(shard));
        return lines.For(width);
    }

    private static Style StyleOf(BatchShardInfo shard) => new(shard switch
    {
        { Status: BatchShardStatus.Ambiguous } => Color.Yellow,
        { Status: BatchShardStatus.Abandoned } or { Problem: not null } => Color.Red,
        { Status: BatchShardStatus.Harvested or BatchShardStatus.Cleaned } => Color.Green,
        _ => Color.Blue,
    });
}
