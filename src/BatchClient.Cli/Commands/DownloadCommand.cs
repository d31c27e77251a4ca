using System.CommandLine;
using BatchGateway.Cli.Input;
using BatchGateway.Cli.Output;

namespace BatchGateway.Cli.Commands;

internal sealed class DownloadCommand : ToolCommand
{
    private readonly Argument<string> _file = new("FILE_ID") { Description = "The id of the file" };
    private readonly OutputPath _out = new("Where to; a file that stands there is replaced once all has arrived");

    public DownloadCommand()
        : base("download", "Downloads a file, whole or not at all.", "download file-abc123 --out results.jsonl")
    {
        Add(_file);
        Add(_out);
    }

    protected override async Task<ExitCode> RunAsync(Session session)
    {
        string id = session.Get(_file)!;
        string path = _out.Of(session);
        session.IfInterrupted($"The download was not finished, and {path} is as it was before.", "Run the same command again.");

        long bytes = await session.Screen.TransferAsync("Downloading", id, await SizeAsync(session, id), progress =>
            session.Client.Files.DownloadAsync(id, path, progress: progress, cancellationToken: session.Cancelled));

        session.Screen.Show(
            json =>
            {
                json.WriteStartObject();
                json.WriteString("file_id", id);
                json.WriteString("path", path);
                json.WriteNumber("bytes", bytes);
                json.WriteEndObject();
            },
            () => Views.Labelled().Row("File", id).Row("Size", Words.Bytes(bytes)).Row("Path", path));
        return ExitCode.Success;
    }

    /// <summary>Only a bar needs the size, and it does without when the gateway does not tell.</summary>
    private static async Task<long?> SizeAsync(Session session, string id)
    {
        if (!session.Screen.IsLive)
            return null;

        try
        {
            return (await session.Client.Files.GetAsync(id, cancellationToken: session.Cancelled)).Bytes;
        }
        catch (BatchClientException)
        {
            return null;
        }
    }
}
