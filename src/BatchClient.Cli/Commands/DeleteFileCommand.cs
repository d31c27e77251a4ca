using System.CommandLine;
using BatchGateway.Cli.Output;

namespace BatchGateway.Cli.Commands;

internal sealed class DeleteFileCommand : ToolCommand
{
    private readonly Argument<string> _file = new("FILE_ID") { Description = "The id of the file" };

    public DeleteFileCommand()
        : base("delete-file", "Deletes a file at the gateway.", "delete-file file-abc123") => Add(_file);

    protected override async Task<ExitCode> RunAsync(Session session)
    {
        string id = session.Get(_file)!;
        if (!await session.Client.Files.DeleteAsync(id, cancellationToken: session.Cancelled))
            throw new ReportedException(new(
                "refused", $"The gateway did not delete file '{id}', and does not say why.", "The file is still there.", $"See: {Tool.Name} files", ExitCode.Gateway));

        session.Screen.Show(
            json =>
            {
                json.WriteStartObject();
                json.WriteString("id", id);
                json.WriteBoolean("deleted", true);
                json.WriteEndObject();
            },
            () => Views.Labelled().Row("Deleted", id));
        return ExitCode.Success;
    }
}
