using System.CommandLine;
using BatchGateway.Cli.Commands;

namespace BatchGateway.Cli.Input;

/// <summary>What may be said of a batch when it is created: <c>[--completion-window T] [--job-name N] [--metadata k=v]</c>.</summary>
internal sealed class CreateArguments
{
    private const string DefaultWindow = "24h";

    private readonly Option<string?> _window = new("--completion-window") { Description = $"How long it may take [default: {DefaultWindow}]", HelpName = "T" };
    private readonly Option<string?> _jobName = new("--job-name") { Description = "A name in the gateway's console", HelpName = "N" };
    private readonly Option<IReadOnlyDictionary<string, string>> _metadata = Pairs.Option("--metadata", "A pair that the batch keeps; repeatable");

    public CreateArguments(Command command)
    {
        command.Add(_window);
        command.Add(_jobName);
        command.Add(_metadata);
    }

    public string WindowOf(Session session) => session.Get(_window) ?? DefaultWindow;

    public string? JobNameOf(Session session) => session.Get(_jobName);

    public IReadOnlyDictionary<string, string> MetadataOf(Session session) => session.Get(_metadata)!;
}
