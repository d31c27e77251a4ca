using Spectre.Console;

namespace BatchGateway.Cli.Output;

/// <summary>Consoles over stdout and stderr.</summary>
internal static class Consoles
{
    // A file has no edge: nothing is wrapped, and a line stays a line.
    private const int Endless = 10_000;

    public static IAnsiConsole For(TextWriter writer, bool isRedirected, bool hasColor)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isRedirected || !hasColor ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isRedirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (isRedirected)
            console.Profile.Width = Endless;
        return console;
    }
}
