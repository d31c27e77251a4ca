using BatchGateway;
using BatchGateway.Runs;
using Spectre.Console;

namespace NightlyRun;

/// <summary>What the user sees.</summary>
internal static class Screen
{
    private static readonly IAnsiConsole Output = For(Console.Out, Console.IsOutputRedirected);
    private static readonly IAnsiConsole Errors = For(Console.Error, Console.IsErrorRedirected);

    public static void Say(string what, string text)
    {
        Grid line = new Grid()
            .AddColumn(new GridColumn { Width = 9, NoWrap = true, Padding = new Padding(0, 0, 1, 0) })
            .AddColumn(new GridColumn { Padding = new Padding(0) });
        Output.Write(line.AddRow(new Text(what, new Style(Color.Green)), new Text(text)));
    }

    public static int Fail(string message, int exitCode)
    {
        Errors.Write(new Text(message + "\n", new Style(Color.Red)));
        return exitCode;
    }

    /// <summary>A command to be copied: in one piece, however narrow the terminal is.</summary>
    public static int Suggest(string command, int exitCode)
    {
        Console.Error.WriteLine(command);
        return exitCode;
    }

    /// <summary>Waits for a run: with live bars on a terminal, with a line for each change elsewhere.</summary>
    public static Task<BatchRunSummary> WatchAsync(Func<IProgress<BatchRunProgress>, Task<BatchRunSummary>> run)
    {
        if (Console.IsOutputRedirected)
            return run(new Lines());

        TaskDescriptionColumn description = new() { Alignment = Justify.Left };
        return Output.Progress()
            .Columns(description, new ProgressBarColumn { Width = 18 }, new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context => run(new Bars(context.AddTask("prompts"), context.AddTask("batches"))));
    }

    public static void Show(BatchRunSummary summary)
    {
        Table table = new Table().RoundedBorder().AddColumns("", "").HideHeaders();
        foreach ((BatchOutcomeKind kind, long lines) in summary.Outcomes)
            table.AddRow(new Text($"{kind}".ToLowerInvariant()), new Text($"{lines:N0} prompts"));
        table.AddRow(new Text("batches"), new Text($"{summary.Batches}, in at most {summary.Attempts} attempts at a prompt"));
        table.AddRow(new Text("tokens"), new Text($"{summary.InputTokens:N0} in, {summary.OutputTokens:N0} out, at {summary.Cost:0.0000} together"));
        foreach (BatchShardInfo shard in summary.Unsettled)
            table.AddRow(new Text($"shard {shard.Number}"), new Text(shard.Problem ?? "", new Style(Color.Red)));
        Output.Write(table);
    }

    public static string Count(IReadOnlyDictionary<BatchOutcomeKind, long> outcomes, BatchOutcomeKind kind) => $"{outcomes.GetValueOrDefault(kind):N0}";

    // A file gets neither colours nor line breaks at a terminal's edge.
    private static IAnsiConsole For(TextWriter writer, bool isRedirected)
    {
        AnsiSupport ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = ansi });
        if (isRedirected)
            console.Profile.Width = 120;
        return console;
    }

    private static string Prompts(BatchRunProgress now) =>
        $"{Count(now.Outcomes, BatchOutcomeKind.Succeeded)} of {now.Lines:N0} answered, {Count(now.Outcomes, BatchOutcomeKind.Failed)} failed so far";

    private static string Batches(BatchRunProgress now) =>
        $"{Done(now)} of {now.Shards.Values.Sum()} batches in, {now.Shards.GetValueOrDefault(BatchShardStatus.Created)} in flight";

    private static int Done(BatchRunProgress now) =>
        now.Shards.GetValueOrDefault(BatchShardStatus.Harvested) + now.Shards.GetValueOrDefault(BatchShardStatus.Cleaned);

    private sealed class Bars(ProgressTask prompts, ProgressTask batches) : IProgress<BatchRunProgress>
    {
        public void Report(BatchRunProgress value)
        {
            Set(prompts, Prompts(value), value.Outcomes.GetValueOrDefault(BatchOutcomeKind.Succeeded), value.Lines);
            Set(batches, Batches(value), Done(value), value.Shards.Values.Sum());
            foreach (string notice in value.Notices)
                Say("Notice", notice);
        }

        private static void Set(ProgressTask task, string description, double value, double max)
        {
            task.Description = description.EscapeMarkup().PadRight(43);
            task.MaxValue = Math.Max(1, max);
            task.Value = value;
        }
    }

    private sealed class Lines : IProgress<BatchRunProgress>
    {
        private string? _last;

        public void Report(BatchRunProgress value)
        {
            string line = $"{Prompts(value)}; {Batches(value)}";
            if (line != _last)
                Say("Running", _last = line);
            foreach (string notice in value.Notices)
                Say("Notice", notice);
        }
    }
}
