using Spectre.Console;

namespace BatchGateway.Cli.Output;

/// <summary>A wait for a batch: a bar on a terminal, a line for each change elsewhere.</summary>
internal static class Waits
{
    /// <param name="screen">Where it is shown.</param>
    /// <param name="id">The batch.</param>
    /// <param name="wait">Waits, and reports each poll.</param>
    public static Task<Batch> WaitAsync(this Screen screen, string id, Func<IProgress<BatchProgress>, Task<Batch>> wait) =>
        screen.IsLive ? WithBarAsync(screen.Live, id, wait) : wait(new WaitLines(screen, id));

    private static Task<Batch> WithBarAsync(IAnsiConsole console, string id, Func<IProgress<BatchProgress>, Task<Batch>> wait) => console.Progress()
        .AutoClear(true)
        .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 20 }, new ElapsedTimeColumn())
        .StartAsync(context =>
        {
            ProgressTask task = context.AddTask(Markup.Escape($"waiting for {id}"));
            task.IsIndeterminate = true;
            return wait(new Bar(task));
        });

    private sealed class Bar(ProgressTask task) : IProgress<BatchProgress>
    {
        public void Report(BatchProgress value)
        {
            task.Description = Markup.Escape(WaitWords.Of(value));
            if (value.Batch?.RequestCounts is not { Total: > 0 } counts)
                return;

            task.IsIndeterminate = false;
            task.MaxValue = counts.Total.Value;
            task.Value = (counts.Completed ?? 0) + (counts.Failed ?? 0);
        }
    }
}
