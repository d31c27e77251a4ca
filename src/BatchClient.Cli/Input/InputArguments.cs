using System.CommandLine;
using BatchGateway.Cli.Commands;

namespace BatchGateway.Cli.Input;

/// <summary>The arguments of a command that takes lines: <c>FILE [--prompts --model M [--system TEXT]]</c>.</summary>
internal sealed class InputArguments
{
    private readonly Argument<string> _file = new("FILE") { Description = "Batch JSONL, or prompts with --prompts; - for standard input" };
    private readonly Option<bool> _prompts = new("--prompts") { Description = "FILE is text with one prompt per line" };
    private readonly Option<string?> _model = new("--model") { Description = "The model for the prompts", HelpName = "M" };
    private readonly Option<string?> _system = new("--system") { Description = "The system message before each prompt", HelpName = "TEXT" };

    public InputArguments(Command command)
    {
        command.Add(_file);
        command.Add(_prompts);
        command.Add(_model);
        command.Add(_system);
        command.Validators.Add(result =>
        {
            bool isPrompts = result.GetValue(_prompts);
            if (isPrompts && string.IsNullOrWhiteSpace(result.GetValue(_model)))
                result.AddError("--prompts needs a model: add --model.");
            if (!isPrompts && (result.GetValue(_model) ?? result.GetValue(_system)) is not null)
                result.AddError("--model and --system are for --prompts; the lines of a JSONL file name their own.");
        });
    }

    /// <summary>What the user named, on disk and ready to be read as often as one likes.</summary>
    public async Task<InputFile> OpenAsync(Session session)
    {
        InputFile file = await InputFile.OpenAsync(session.Get(_file)!, session.Cancelled);
        return session.Get(_prompts) ? await file.AsPromptsAsync(session.Get(_model)!, session.Get(_system), session.Cancelled) : file;
    }
}
