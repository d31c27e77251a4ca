using BatchGateway;
using Spectre.Console;

namespace Quickstart;

/// <summary>What the user sees. Prompts and answers are shown as text, never as markup.</summary>
internal static class Screen
{
    private static readonly IAnsiConsole Output = For(Console.Out, Console.IsOutputRedirected);
    private static readonly IAnsiConsole Errors = For(Console.Error, Console.IsErrorRedirected);

    public static void Say(string what, string text)
    {
        Grid line = new Grid()
            .AddColumn(new GridColumn { Width = 9, NoWrap = true, Padding = new Padding(0, 0, 1, 0) })
            .AddColumn(new GridColumn { Padding = new Padding(0) });
        Output.Write(line.AddRow(new Text(what, new Style(Color.Green)), new Text(Plain(text))));
    }

    public static int Fail(string message, int exitCode)
    {
        Errors.Write(new Text(Plain(message) + "\n", new Style(Color.Red)));
        return exitCode;
    }

    /// <summary>A command to be copied: in one piece, however narrow the terminal is.</summary>
    public static void Suggest(string command) => Console.Error.WriteLine(command);

    /// <summary>Waits for the end of the batch: with a live bar on a terminal, with a line for each change elsewhere.</summary>
    public static Task<Batch> WaitAsync(BatchOperation operation, WaitOptions options, int lines, CancellationToken cancellationToken)
    {
        if (Console.IsOutputRedirected)
            return operation.WaitAsync(options, new Lines(lines), cancellationToken);

        TaskDescriptionColumn description = new() { Alignment = Justify.Left };
        return Output.Progress()
            .Columns(new SpinnerColumn(), description, new ProgressBarColumn { Width = 24 }, new ElapsedTimeColumn())
            .StartAsync(context => operation.WaitAsync(options, new Bar(context.AddTask("asking", maxValue: lines), lines), cancellationToken));
    }

    public static void Show(IEnumerable<BatchOutcome<Prompt, string?>> outcomes)
    {
        Table table = new Table { ShowRowSeparators = true }.RoundedBorder().Expand().AddColumns("Prompt", "Answer");
        foreach (BatchOutcome<Prompt, string?> outcome in outcomes)
            table.AddRow(new Text(Plain(outcome.Item.Text)), AnswerOf(outcome));
        Output.Write(table);
    }

    // A file gets neither colours nor line breaks at a terminal's edge.
    private static IAnsiConsole For(TextWriter writer, bool isRedirected)
    {
        AnsiSupport ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = ansi });
        if (isRedirected)
            console.Profile.Width = 120;
        return console;
    }

    private static Text AnswerOf(BatchOutcome<Prompt, string?> outcome) => outcome.Succeeded
        ? new Text(Plain(outcome.Result ?? "(an answer without text)"))
        : new Text(Plain($"{outcome.Kind}: {outcome.Error?.ToString() ?? "no reason given"}"), new Style(Color.Red));

    // What a model writes must not steer the terminal.
    private static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) && c != '\n' ? ' ' : c)).TrimEnd();

    private static string Describe(BatchProgress poll, int lines) => poll.Failure is { } failure
        ? $"asking again: {Short(failure)}"
        : $"{poll.Batch?.Status,-11} {Done(poll)} of {poll.Batch?.RequestCounts?.Total ?? lines} done, {poll.Batch?.RequestCounts?.Failed ?? 0} failed";

    private static string Short(BatchClientException failure) => failure switch
    {
        BatchApiException api => $"the gateway answered {(int)api.StatusCode}",
        BatchConnectionException => "the gateway does not answer",
        _ => "the answer makes no sense",
    };

    private static long Done(BatchProgress poll) => (poll.Batch?.RequestCounts?.Completed ?? 0) + (poll.Batch?.RequestCounts?.Failed ?? 0);

    private sealed class Bar(ProgressTask task, int lines) : IProgress<BatchProgress>
    {
        public void Report(BatchProgress value)
        {
            task.Description = Plain(Describe(value, lines)).EscapeMarkup();
            task.Value = Done(value);
            if (value.Batch?.IsTerminal == true)
                task.StopTask();
        }
    }

    private sealed class Lines(int lines) : IProgress<BatchProgress>
    {
        private string? _last;

        public void Report(BatchProgress value)
        {
            string line = Describe(value, lines);
            if (line != _last)
                Say("Waiting", _last = line);
        }
    }
}
