using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BatchGateway.Cli.Output;

/// <summary>A plan, for people.</summary>
internal static class PlanViews
{
    private const int MostBatches = 20;
    private const int MostProblems = 50;

    public static IRenderable One(BatchPlan plan, int width)
    {
        List<IRenderable> parts = [Summary(plan)];
        if (plan.Batches.Count > 1)
            parts.AddRange([new Text(""), Batches(plan, width), .. Rest(plan.Batches.Count - MostBatches, "batches")]);
        if (plan.ProblemCount > 0)
            parts.AddRange([new Text(""), Problems(plan), .. Rest(plan.ProblemCount - MostProblems, "problems; --json names the first 1,000")]);
        return new Rows(parts);
    }

    private static Grid Summary(BatchPlan plan) => Views.Labelled()
        .Row("Batches", Words.Count(plan.Batches.Count))
        .Row("Lines", Words.Count(plan.LineCount))
        .Row("Size", Words.Bytes(plan.Bytes))
        .Row("Model", plan.Model)
        .Row("Tokens", $"about {Words.Count(plan.EstimatedTokens)} in, {Answers(plan)}")
        .Row("Cost", plan.EstimatedCost is { } cost ? $"{(plan.LinesWithoutTokenLimit > 0 ? "at least" : "at most about")} {Money(cost)}" : null)
        .Row("Problems", plan.ProblemCount == 0 ? "none" : $"{Words.Count(plan.ProblemCount)}, in lines that are in no batch", new Style(plan.ProblemCount == 0 ? Color.Green : Color.Red));

    private static string Answers(BatchPlan plan)
    {
        string most = $"at most {Words.Count(plan.Batches.Sum(batch => batch.MaxOutputTokens))} out";
        return plan.LinesWithoutTokenLimit == 0 ? most : $"{most} and what {Words.Count(plan.LinesWithoutTokenLimit)} lines without a limit take";
    }

    private static IRenderable Batches(BatchPlan plan, int width)
    {
        Lines lines = new("BATCH", "FROM LINE", "LINES", "SIZE", "TOKENS IN", "COST");
        foreach ((int number, PlannedBatch batch) in plan.Batches.Take(MostBatches).Select((batch, index) => (index + 1, batch)))
            lines.Add(
                Words.Count(number),
                Words.Count(batch.FirstLineNumber),
                Words.Count(batch.LineCount),
                Words.Bytes(batch.Bytes),
                Words.Count(batch.EstimatedTokens),
                batch.EstimatedCost is { } cost ? Money(cost) : null);
        return lines.For(width);
    }

    private static Grid Problems(BatchPlan plan)
    {
        Grid grid = Views.Labelled();
        foreach (BatchInputException problem in plan.Problems.Take(MostProblems))
            grid.Row(problem.LineNumber is { } line ? $"Line {line.ToString(CultureInfo.InvariantCulture)}" : "All", new Text(Plain.LineOf(WhatOf(problem))), Color.Red);
        return grid;
    }

    /// <summary>That nothing was sent goes without saying here.</summary>
    private static string WhatOf(BatchInputException problem) => problem.Message.Replace(" Nothing was sent.", "", StringComparison.Ordinal);

    private static IEnumerable<IRenderable> Rest(long more, string what) => more > 0 ? [new Text($"... and {Words.Count(more)} more {what}")] : [];

    private static string Money(decimal amount) => amount.ToString("#,0.00##", CultureInfo.InvariantCulture);
}
