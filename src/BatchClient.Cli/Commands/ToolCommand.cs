using System.CommandLine;
using BatchGateway.Cli.Gateway;
using BatchGateway.Cli.Output;

namespace BatchGateway.Cli.Commands;

/// <summary>A command: its arguments, its examples, its work. What surrounds the work is here, once.</summary>
internal abstract class ToolCommand : Command
{
    /// <param name="name">The word that calls it.</param>
    /// <param name="description">One sentence for the help.</param>
    /// <param name="examples">What a user might type, without the tool's name.</param>
    protected ToolCommand(string name, string description, params string[] examples)
        : base(name, description)
    {
        Examples = examples;
        SetAction(async (arguments, _) => (int)await RunAsync(arguments));
    }

    public IReadOnlyList<string> Examples { get; }

    /// <summary>The words that call it, with those of the command above it.</summary>
    public string Path => string.Join(' ', Parents.OfType<ToolCommand>().Select(parent => parent.Path).Append(Name));

    /// <summary>Does the work. Whatever goes wrong is thrown, and told by the caller.</summary>
    protected abstract Task<ExitCode> RunAsync(Session session);

    private async Task<ExitCode> RunAsync(ParseResult arguments)
    {
        Screen screen = new(ScreenOptions.Of(arguments));
        Secrets secrets = new();
        using Interrupt interrupt = new();
        await using Session session = new(arguments, screen, secrets, interrupt.Token);
        try
        {
            return await RunAsync(session);
        }
        catch (OperationCanceledException) when (interrupt.Token.IsCancellationRequested)
        {
            return screen.Report(session.Interrupted);
        }
        catch (Exception failure)
        {
            screen.Trace(secrets.Clean(failure.ToString()));
            return screen.Report(Clean(ErrorReports.Of(failure), secrets));
        }
    }

    private static ErrorReport Clean(ErrorReport report, Secrets secrets) =>
        report with { Message = secrets.Clean(report.Message), State = secrets.Clean(report.State), Next = secrets.Clean(report.Next) };
}
