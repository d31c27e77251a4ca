using System.CommandLine;
using BatchGateway.Cli.Input;
using BatchGateway.Cli.Output;

namespace BatchGateway.Cli.Commands;

internal sealed class SubmitCommand : ToolCommand
{
    private readonly InputArguments _input;
    private readonly CreateArguments _create;
    private readonly Option<BatchLimits?> _profile = Profiles.Option();

    public SubmitCommand()
        : base(
            "submit",
            "Checks a file of lines, uploads it and creates a batch of it. Nothing is sent when a line is wrong.",
            "submit lines.jsonl",
            "submit prompts.txt --prompts --model gpt-4o-mini --metadata team=search",
            "submit lines.jsonl --json | jq -r .id")
    {
        _input = new InputArguments(this);
        _create = new CreateArguments(this);
        Add(_profile);
    }

    protected override async Task<ExitCode> RunAsync(Session session)
    {
        using InputFile input = await _input.OpenAsync(session);
        BatchRequestFile file = await BatchRequestFile.OpenAsync(input.Path, session.LimitsOf(_profile), session.Cancelled);
        session.IfInterrupted("No batch was created.", "Run the same command again.");

        BatchOperation operation = await session.Screen.TransferAsync("Uploading", input.Name, file.Bytes, progress =>
            session.Client.SubmitAsync(file, Requested(session, progress), session.Cancelled));

        Batch batch = operation.Latest!;
        session.Screen.Show(batch, () => BatchViews.One(batch, session.Clock));
        session.Screen.Suggest("Next", $"{Tool.Name} wait {batch.Id}");
        return ExitCode.Success;
    }

    private SubmitOptions Requested(Session session, IProgress<long> progress) => new()
    {
        CompletionWindow = _create.WindowOf(session),
        JobName = _create.JobNameOf(session),
        Metadata = new Dictionary<string, string>(_create.MetadataOf(session)),
        UploadProgress = progress,
    };
}
