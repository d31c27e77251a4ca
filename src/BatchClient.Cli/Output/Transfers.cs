using Spectre.Console;

namespace BatchGateway.Cli.Output;

/// <summary>Bytes on their way: a bar on a terminal, now and then a line elsewhere.</summary>
internal static class Transfers
{
    private const int NameWidth = 24;

    /// <param name="screen">Where it is shown.</param>
    /// <param name="what">What is done, such as <c>Uploading</c>.</param>
    /// <param name="name">Which file.</param>
    /// <param name="total">How many bytes there are; null when nobody knows.</param>
    /// <param name="transfer">Does it, and reports the bytes that have moved.</param>
    public static Task<T> TransferAsync<T>(this Screen screen, string what, string name, long? total, Func<IProgress<long>, Task<T>> transfer) =>
        screen.IsLive ? WithBarAsync(screen.Live, $"{what} {Short(name)}", total, transfer) : transfer(new TransferLines(screen, what, name, total, TimeProvider.System));

    private static Task<T> WithBarAsync<T>(IAnsiConsole console, string description, long? total, Func<IProgress<long>, Task<T>> transfer) => console.Progress()
        .AutoClear(true)
        .Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left },
            new ProgressBarColumn { Width = 14 },
            new PercentageColumn(),
            new DownloadedColumn(),
            new TransferSpeedColumn())
        .StartAsync(context =>
        {
            ProgressTask task = context.AddTask(Markup.Escape(description), maxValue: Math.Max(1, total ?? 1));
            task.IsIndeterminate = total is null;
            return transfer(new Bar(task));
        });

    private static string Short(string name) => name.Length <= NameWidth ? name : name[..(NameWidth - 1)] + "…";

    private sealed class Bar(ProgressTask task) : IProgress<long>
    {
        public void Report(long value)
        {
            if (task.IsIndeterminate)
                task.MaxValue = Math.Max(task.MaxValue, value);
            task.Value = value;
        }
    }
}
