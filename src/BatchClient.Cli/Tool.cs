using System.CommandLine;
using System.CommandLine.Help;
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
        if (arguments.Errors.Count > 0 && arguments.Action is not { ClearsParseErrors: true })
            return screen.Report(Usage(arguments));

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

    private static ErrorReport Usage(ParseResult arguments)
    {
        string command = arguments.CommandResult.Command is ToolCommand { Path: var path } ? $"{Name} {path}" : Name;
        return ErrorReport.Usage(string.Join(" ", arguments.Errors.Select(error => error.Message).Distinct()), $"See: {command} --help");
    }
}
