using BatchGateway.Cli.Input;
using BatchGateway.Cli.Output;

namespace BatchGateway.Cli.Commands;

internal sealed class UploadCommand : ToolCommand
{
    private readonly InputArguments _input;

    public UploadCommand()
        : base(
            "upload",
            "Uploads a file of lines for a batch.",
            "upload lines.jsonl",
            "upload prompts.txt --prompts --model gpt-4o-mini --system 'Answer in one word.'",
            "generate-lines | batchclient upload - --json") => _input = new(this);

    protected override async Task<ExitCode> RunAsync(Session session)
    {
        using InputFile input = await _input.OpenAsync(session);
        session.IfInterrupted("The upload was not finished; the gateway may have kept a file whose id is not known.", "See: batchclient files --purpose batch");

        BatchFile file = await session.Screen.TransferAsync("Uploading", input.Name, input.Bytes, progress =>
            session.Client.Files.UploadAsync(input.Path, FilePurpose.Batch, progress: progress, cancellationToken: session.Cancelled));

        session.Screen.Show(file, () => FileViews.One(file, session.Clock));
        session.Screen.Suggest("Next", $"{Tool.Name} create --input-file-id {file.Id} --endpoint /v1/chat/completions");
        return ExitCode.Success;
    }
}
