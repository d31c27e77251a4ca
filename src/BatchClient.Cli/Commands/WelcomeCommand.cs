using BatchGateway.Cli.Output;
using BatchGateway.Cli.Settings;
using Spectre.Console;

namespace BatchGateway.Cli.Commands;

/// <summary><c>batchclient</c> alone: where to begin.</summary>
internal sealed class WelcomeCommand() : ToolCommand(Tool.Name, "Batches and their files on an AI gateway: from one call to a durable run of a million lines.")
{
    private static readonly (string Does, string Command)[] Steps =
    [
        ("Where the gateway is", "export BATCHCLIENT_CONTROL_PLANE_URL=acme.truefoundry.cloud"),
        ("Who you are", "export BATCHCLIENT_API_KEY=..."),
        ("Which provider account", "export BATCHCLIENT_PROVIDER=openai-main"),
        ("See what it can do", "batchclient doctor"),
        ("See what lines would become", "batchclient plan lines.jsonl"),
        ("Make a batch of them", "batchclient submit lines.jsonl"),
        ("Wait for its end", "batchclient wait BATCH_ID"),
        ("Read the results", "batchclient results BATCH_ID --out results.jsonl"),
        ("Everything else", "batchclient --help"),
    ];

    protected override Task<ExitCode> RunAsync(Session session)
    {
        if (session.Screen.IsJson)
            throw ReportedException.Usage("There is no command.", $"See: {Tool.Name} --help");

        session.Screen.Show(_ => { }, () => new Rows(
        [
            new Text($"{Description}\n"),
            .. Steps.Select(step => new Text($"{step.Does}\n    {step.Command}")),
            new Text($"\nSettings may also stand in {SettingsFile.Path}."),
        ]));
        return Task.FromResult(ExitCode.Success);
    }
}
