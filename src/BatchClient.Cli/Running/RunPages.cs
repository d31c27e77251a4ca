using BatchGateway.Cli.Output;
using BatchGateway.Runs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BatchGateway.Cli.Running;

/// <summary>Runs, for people.</summary>
internal static class RunPages
{
    private const int MostShards = 50;

    /// <summary>What became of a run.</summary>
    /// <param name="summary">The run.</param>
    /// <param name="path">Where its results are; null when they were not written.</param>
    public static IRenderable Summary(BatchRunSummary summary, string? path) => Views.Labelled()
        .Row("Run", summary.Name, new Style(decoration: Decoration.Bold))
        .Row("Status", RunWords.Of(summary.Status), new Style(summary.AllSucceeded ? Color.Green : Color.Yellow))
        .Row("Lines", $"{Words.Count(summary.Lines)}: {RunWords.Outcomes(summary.Outcomes)}")
        .Row("Batches", $"{Words.Count(summary.Batches)}{(summary.Attempts > 1 ? $", up to {summary.Attempts} attempts at a line" : "")}")
        .Row("Duplicates", summary.Duplicates > 0 ? $"{Words.Count(summary.Duplicates)} successes for lines that had one" : null)
        .Row("Tokens", $"{Words.Count(summary.InputTokens)} in, {Words.Count(summary.OutputTokens)} out")
        .Row("Cost", summary.Cost is { } cost ? $"{RunWords.Money(cost)}{(summary.UnpricedLines > 0 ? $", without {Words.Count(summary.UnpricedLines)} lines" : "")}" : null)
        .Row("Took", summary.EndedAt is { } end ? RunWords.Duration(end - summary.CreatedAt) : null)
        .Row("Path", path);

    public static IRenderable Many(IReadOnlyList<BatchRunInfo> runs, TimeProvider clock, int width)
    {
        if (runs.Count == 0)
            return new Text("There are no runs.\n");

        Lines lines = new("RUN", "STATUS", "LINES", "OUTCOMES", "AGE");
        foreach (BatchRunInfo run in runs)
            lines.Add(run.Name, new(RunWords.Of(run.Status), StyleOf(run)), Words.Count(run.Lines), RunWords.Outcomes(run.Outcomes), Words.Age(run.CreatedAt, clock));
        return lines.For(width);
    }

    public static IRenderable One(BatchRunInfo run, TimeProvider clock, int width)
    {
        List<IRenderable> parts =
        [
            Views.Labelled()
                .Row("Run", run.Name, new Style(decoration: Decoration.Bold))
                .Row("Status", RunWords.Of(run.Status), StyleOf(run))
                .Row("Lines", $"{Words.Count(run.Lines)}: {RunWords.Outcomes(run.Outcomes)}")
                .Row("Batches", run.Shards.Count == 0 ? null : RunWords.Shards(run.Shards.GroupBy(shard => shard.Status).ToDictionary(group => group.Key, group => group.Count())))
                .Row("Begun", Words.Moment(run.CreatedAt, clock))
                .Row("Ended", run.EndedAt is { } end ? Words.Moment(end, clock) : null),
        ];
        if (run.Shards.Count > 0)
            parts.AddRange([new Text(""), RunShards.Table(run.Shards.OrderBy(RunShards.Interest).ThenBy(shard => shard.Number).Take(MostShards), width)]);
        if (run.Shards.Count > MostShards)
            parts.Add(new Text($"... and {Words.Count(run.Shards.Count - MostShards)} more; --json has all"));
        return new Rows(parts);
    }

    private static Style StyleOf(BatchRunInfo run) => new(run.Status == BatchRunStatus.Ended ? Color.Green : Color.Blue);
}
