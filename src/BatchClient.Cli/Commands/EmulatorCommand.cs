using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using BatchGateway.Cli.Input;
using BatchGateway.Cli.Output;
using BatchGateway.Cli.Running;
using BatchGateway.Emulator;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BatchGateway.Cli.Commands;

internal sealed class EmulatorCommand : ToolCommand
{
    private static readonly TimeSpan DefaultDuration = TimeSpan.FromSeconds(30);

    private readonly Option<int?> _port = Numbers.Port("--port", "The port on 127.0.0.1 [default: a free one]");
    private readonly Option<string?> _key = new("--key") { Description = "The key that it asks for; its own, and no secret [default: emulator-key]", HelpName = "K" };
    private readonly Option<string?> _provider = new("--require-provider") { Description = "Refuse calls that name another provider account [default: take any]", HelpName = "P" };
    private readonly Option<EmulatorPersonality?> _personality = new("--personality")
    {
        Description = "Whose habits it has: openai, azure, or documented (only what the gateway's reference names) [default: openai]",
        HelpName = "P",
        CustomParser = ParsePersonality,
    };
    private readonly Option<TimeSpan?> _duration = Durations.Option("--batch-duration", "How long a batch takes [default: 30s]");
    private readonly Option<double?> _failRate = Numbers.Share("--fail-rate", "The share of lines that fail with status 500, from 0 to 1 [default: 0]");

    public EmulatorCommand()
        : base(
            "emulator",
            "A gateway on this machine to try things against, until Ctrl+C, which is its regular end: the exit code is 0.",
            "emulator",
            "emulator --port 8080 --batch-duration 2m --fail-rate 0.05",
            "emulator --personality azure --require-provider azure-main")
    {
        _personality.CompletionSources.Add("openai", "azure", "documented");
        foreach (Option option in (Option[])[_port, _key, _provider, _personality, _duration, _failRate])
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Session session)
    {
        await using BatchGatewayEmulator emulator = await StartAsync(session);
        session.Screen.Show(json => Write(json, emulator), () => View(emulator));
        session.Screen.Note("Emulator", "It runs until Ctrl+C. What it holds is gone then.");

        TaskCompletionSource end = new();
        await using CancellationTokenRegistration ended = session.Cancelled.Register(end.SetResult);
        await end.Task;
        session.Screen.Note("Served", $"{Words.Count(emulator.Ledger.Requests.Count)} requests, {Words.Count(emulator.Ledger.BatchesCreated.Count)} batches created.");
        return ExitCode.Success;
    }

    private async Task<BatchGatewayEmulator> StartAsync(Session session)
    {
        EmulatorOptions options = new()
        {
            Clock = EmulatorClock.RealTime(),
            ApiPath = session.Settings.ApiPath ?? BatchGatewayOptions.DefaultApiPath,
            Port = session.Get(_port) ?? 0,
            RequiredProvider = session.Get(_provider),
            Personality = session.Get(_personality) ?? EmulatorPersonality.OpenAI,
            Script = Script(session.Get(_duration) ?? DefaultDuration, session.Get(_failRate) ?? 0),
        };
        options.ApiKey = session.Get(_key) ?? options.ApiKey;
        try
        {
            return await BatchGatewayEmulator.StartAsync(options, session.Cancelled);
        }
        catch (IOException)
        {
            throw ReportedException.Usage($"Port {options.Port} is taken.", "Name another one, or leave --port out for a free one.");
        }
        catch (ArgumentException wrong)
        {
            throw ReportedException.Usage(wrong.Message, $"See: {Tool.Name} emulator --help");
        }
    }

    /// <summary>A tenth of the time for looking at the lines, a tenth for the files, and the rest for the work.</summary>
    private static EmulatorScript Script(TimeSpan duration, double failRate)
    {
        EmulatorScript script = new() { ValidatingFor = duration / 10, RunningFor = duration * 0.8, FinalizingFor = duration / 10, CancellingFor = duration / 10 };
        return failRate > 0 ? script.Lines(failRate, EmulatedResponse.Error(500, "server_error", "The emulator was asked to fail.")) : script;
    }

    private static EmulatorPersonality? ParsePersonality(ArgumentResult result)
    {
        string name = result.Tokens[0].Value;
        if (Enum.TryParse(name, ignoreCase: true, out EmulatorPersonality personality) && Enum.IsDefined(personality) && char.IsAsciiLetter(name[0]))
            return personality;

        result.AddError($"'{name}' is no personality: openai, azure or documented.");
        return null;
    }

    private static void Write(Utf8JsonWriter json, BatchGatewayEmulator emulator)
    {
        json.WriteStartObject();
        json.WriteString("url", emulator.Url.AbsoluteUri);
        json.WriteString("api_path", emulator.ApiPath);
        json.WriteString("api_key", emulator.ApiKey);
        json.WriteString("provider", emulator.RequiredProvider);
        json.WriteEndObject();
    }

    /// <summary>The URL, and what another terminal needs.</summary>
    private static IRenderable View(BatchGatewayEmulator emulator) => new Rows(
    [
        new Text($"The emulator is at {emulator.Url.AbsoluteUri}. In another terminal:\n"),
        .. Variables(emulator).Select(variable => new Text($"{(OperatingSystem.IsWindows() ? "set" : "export")} BATCHCLIENT_{variable.Name}={Shell.Quote(variable.Value)}")),
        new Text(""),
    ]);

    private static IEnumerable<(string Name, string Value)> Variables(BatchGatewayEmulator emulator)
    {
        yield return ("CONTROL_PLANE_URL", emulator.Url.AbsoluteUri);
        yield return ("API_KEY", emulator.ApiKey);
        if (emulator.RequiredProvider is { } provider)
            yield return ("PROVIDER", provider);
        if (emulator.ApiPath != $"/{BatchGatewayOptions.DefaultApiPath.Trim('/')}")
            yield return ("API_PATH", emulator.ApiPath);
    }
}
