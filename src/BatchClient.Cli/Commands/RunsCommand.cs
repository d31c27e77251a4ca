using BatchGateway.Cli.Output;

namespace BatchGateway.Cli.Commands;

/// <summary>The commands for what is on disk.</summary>
internal sealed class RunsCommand : ToolCommand
{
    public RunsCommand()
        : base(
            "runs",
            "The runs that are kept here: see them, settle them, end them, forget them.",
            "runs list",
            "runs show reviews",
            "runs attach reviews 3 batch_abc123")
    {
        foreach (ToolCommand command in (ToolCommand[])
            [new RunsListCommand(), new RunsShowCommand(), new RunsAttachCommand(), new RunsAbandonCommand(), new RunsCancelCommand(), new RunsDeleteCommand()])
            Subcommands.Add(command);
    }

    protected override Task<ExitCode> RunAsync(Session session) =>
        throw ReportedException.Usage("It is not said what shall be done: list, show, attach, abandon, cancel or delete.", $"See: {Tool.Name} runs --help");
}
