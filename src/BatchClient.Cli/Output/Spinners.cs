using Spectre.Console;

namespace BatchGateway.Cli.Output;

/// <summary>Work without a measure: a spinner on a terminal, and nothing elsewhere.</summary>
internal static class Spinners
{
    private const string Reading = "Reading the results";
    private const string Looking = "A line without a result counts as missing only when a second look, a minute later, finds none either.";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Results being read, with a word on why it takes long, when it does.</summary>
    public static async Task<T> ReadingAsync<T>(this Screen screen, TimeProvider clock, Func<Task<T>> read)
    {
        if (screen.IsLive)
            return await screen.Live.Status().StartAsync(Reading, context => WithWordAsync(clock, () => context.Status = Looking, read));
        return await WithWordAsync(clock, () => screen.Note("Reading", Looking), read);
    }

    public static Task<T> AskingAsync<T>(this Screen screen, Func<Task<T>> ask) =>
        screen.IsLive ? screen.Live.Status().StartAsync("Asking the gateway", _ => ask()) : ask();

    private static async Task<T> WithWordAsync<T>(TimeProvider clock, Action word, Func<Task<T>> read)
    {
        await using ITimer timer = clock.CreateTimer(_ => word(), null, Patience, Timeout.InfiniteTimeSpan);
        return await read();
    }
}
