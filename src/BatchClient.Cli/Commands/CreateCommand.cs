using System.CommandLine;
using BatchGateway.Cli.Input;
using BatchGateway.Cli.Output;

namespace BatchGateway.Cli.Commands;

internal sealed class CreateCommand : ToolCommand
{
    private readonly Option<string> _file = new("--input-file-id") { Description = "The uploaded file of lines", HelpName = "F", Required = true };
    private readonly Option<string> _endpoint = new("--endpoint") { Description = "The endpoint of its lines, such as /v1/chat/completions", HelpName = "E", Required = true };
    private readonly CreateArguments _create;

    public CreateCommand()
        : base(
            "create",
            "Creates a batch of a file that was uploaded. This is the call that costs money: it is sent once.",
            "create --input-file-id file-abc123 --endpoint /v1/chat/completions",
            "create --input-file-id file-abc123 --endpoint /v1/embeddings --metadata team=search --json")
    {
        Add(_file);
        Add(_endpoint);
        _create = new CreateArguments(this);
    }

    protected override async Task<ExitCode> RunAsync(Session session)
    {
        session.IfInterrupted("No batch was created.", "Run the same command again.");
        Batch batch = await session.Client.Batches.CreateAsync(Request(session), cancellationToken: session.Cancelled);
        session.Screen.Show(batch, () => BatchViews.One(batch, session.Clock));
        session.Screen.Suggest("Next", $"{Tool.Name} get {batch.Id}");
        return ExitCode.Success;
    }

    private CreateBatchRequest Request(Session session) => new()
    {
        InputFileId = session.Get(_file)!,
        Endpoint = new BatchEndpoint(session.Get(_endpoint)),
        CompletionWindow = _create.WindowOf(session),
        JobName = _create.JobNameOf(session),
        Metadata = _create.MetadataOf(session) is { Count: > 0 } metadata ? metadata : null,
    };
}
