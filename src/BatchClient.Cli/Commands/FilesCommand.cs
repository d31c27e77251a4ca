using System.CommandLine;
using BatchGateway.Cli.Output;

namespace BatchGateway.Cli.Commands;

internal sealed class FilesCommand : ToolCommand
{
    private readonly Option<string?> _purpose = new("--purpose") { Description = "Only files for this, such as batch or batch_output", HelpName = "P" };

    public FilesCommand()
        : base("files", "Lists the files at the gateway.", "files", "files --purpose batch_output --json") => Add(_purpose);

    protected override async Task<ExitCode> RunAsync(Session session)
    {
        List<BatchFile> files = [];
        await foreach (BatchFile file in session.Client.Files.ListAsync(new FilePurpose(session.Get(_purpose)), cancellationToken: session.Cancelled))
            files.Add(file);

        session.Screen.Show(files, () => FileViews.Many(files, session.Clock, session.Screen.Width));
        return ExitCode.Success;
    }
}
