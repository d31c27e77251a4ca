using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Text;
using BatchGateway.Cli.Commands;
using BatchGateway.Cli.Output;
using BatchGateway.Cli.Settings;

namespace BatchGateway.Cli;

/// <summary>The tool from its arguments to its exit code.</summary>
internal static class Tool
{
    /// <summary>The word that starts it.</summary>
    public const string Name = "batchclient";

    public static async Task<ExitCode> RunAsync(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        ParseResult arguments = Root().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        Screen screen = new(ScreenOptions.Of(arguments, args));
        if (arguments.Action is not { ClearsParseErrors: true } && Problems(arguments) is { Count: > 0 } problems)
            return screen.Report(Usage(arguments, problems));

        return (ExitCode)await arguments.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
    }

    private static RootCommand Root()
    {
        WelcomeCommand welcome = new();
        RootCommand root = new(welcome.Description!) { Action = welcome.Action };
        foreach (Option option in GlobalOptions.All)
            root.Options.Add(option);
        foreach (ToolCommand command in Commands())
            root.Subcommands.Add(command);

        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }

    /// <summary>In the order in which the help lists them.</summary>
    private static IEnumerable<ToolCommand> Commands() =>
    [
        new SubmitCommand(),
        new WaitCommand(),
        new ResultsCommand(),
        new PlanCommand(),
        new RunCommand(),
        new RunsCommand(),
        new DoctorCommand(),
        new EmulatorCommand(),
        new UploadCommand(),
        new DownloadCommand(),
        new FilesCommand(),
        new DeleteFileCommand(),
        new CreateCommand(),
        new GetCommand(),
        new ListCommand(),
        new CancelCommand(),
    ];

    /// <summary>What a shell's variable leaves behind when it is not set is no name of anything.</summary>
    private static List<string> Problems(ParseResult arguments)
    {
        IEnumerable<string> empty = arguments.CommandResult.Children
            .Where(child => child.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
            .Select(child => child switch { ArgumentResult argument => argument.Argument.Name, OptionResult { Option.Required: true } option => option.Option.Name, _ => null })
            .OfType<string>()
            .Select(name => $"{name} must not be empty.");
        return [.. arguments.Errors.Select(error => error.Message).Concat(empty).Distinct()];
    }

    private static ErrorReport Usage(ParseResult arguments, List<string> problems)
    {
        string command = arguments.CommandResult.Command is ToolCommand { Path: var path } ? $"{Name} {path}" : Name;
        return ErrorReport.Usage(string.Join(" ", problems), $"See: {command} --help");
    }
}
