using BatchGateway.Emulator;

namespace BatchGateway.Cli.Tests.Support;

/// <summary>A user's place: a folder to work in, a home, an environment, and a gateway that it names.</summary>
internal sealed class Terminal : IAsyncDisposable
{
    public const string Key = "sk-top-secret-key";
    public const string Provider = "openai-main";

    /// <summary>Batches end as soon as they are looked at: the tool waits on a clock of its own.</summary>
    public static readonly EmulatorScript Quick = new() { ValidatingFor = TimeSpan.Zero, RunningFor = TimeSpan.Zero, FinalizingFor = TimeSpan.Zero };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("batchclient-cli-");

    private Terminal(BatchGatewayEmulator emulator)
    {
        Emulator = emulator;
        string home = _folder.CreateSubdirectory("home").FullName;
        Environment = new()
        {
            ["HOME"] = home,
            ["XDG_CONFIG_HOME"] = Path.Combine(home, ".config"),
            ["BATCHCLIENT_CONTROL_PLANE_URL"] = emulator.Url.AbsoluteUri,
            ["BATCHCLIENT_API_KEY"] = Key,
            ["BATCHCLIENT_PROVIDER"] = Provider,
        };
    }

    public BatchGatewayEmulator Emulator { get; }

    /// <summary>What the tool sees; change it before the tool is started.</summary>
    public Dictionary<string, string> Environment { get; }

    public static async Task<Terminal> OpenAsync(Action<EmulatorOptions>? configure = null)
    {
        EmulatorOptions options = new() { Personality = EmulatorPersonality.OpenAI, ApiKey = Key, RequiredProvider = Provider, Script = Quick };
        configure?.Invoke(options);
        return new Terminal(await BatchGatewayEmulator.StartAsync(options));
    }

    /// <summary>Opens one whose batches stay where they are until the test moves the clock.</summary>
    public static Task<Terminal> OpenStillAsync() => OpenAsync(options => (options.Clock, options.Script) = (EmulatorClock.Manual(), new EmulatorScript()));

    /// <summary>A path in the folder that the tool works in.</summary>
    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Writes a file into the folder that the tool works in.</summary>
    public string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    /// <summary>Writes the user's settings file.</summary>
    public void WriteSettings(string json) => Write("home/.config/batchclient/settings.json", json);

    /// <summary>A file of so many lines.</summary>
    public string WriteLines(string name, int count) => Write(name, string.Concat(Enumerable.Range(1, count).Select(i =>
        $$$"""{"custom_id":"line-{{{i}}}","method":"POST","url":"/v1/chat/completions","body":{"model":"gpt-4o-mini","messages":[{"role":"user","content":"How much is {{{i}}}?"}]}}""" + "\n")));

    /// <summary>Starts the tool, and leaves it running.</summary>
    public ToolProcess Start(params string[] args) => ToolProcess.Start(Environment, _folder.FullName, args);

    /// <summary>Runs a line as a shell takes it; all that it shows.</summary>
    public Task<string> ShellAsync(string commandLine) => ToolProcess.ShellAsync(Environment, _folder.FullName, commandLine);

    /// <summary>Runs the tool to its end.</summary>
    public Task<ToolRun> RunAsync(params string[] args) => RunWithInputAsync("", args);

    /// <summary>Runs the tool to its end with something on stdin.</summary>
    public async Task<ToolRun> RunWithInputAsync(string input, params string[] args)
    {
        await using ToolProcess tool = Start(args);
        await tool.TypeAsync(input);
        return await tool.EndAsync();
    }

    /// <summary>Runs the tool and takes the id from what it prints under <c>--json</c>.</summary>
    public async Task<string> IdOfAsync(params string[] args)
    {
        ToolRun run = await RunAsync([.. args, "--json"]);
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        return run.Json.GetProperty("id").GetString()!;
    }

    /// <summary>Makes a batch of a file in the folder.</summary>
    public Task<string> SubmitAsync(string name) => IdOfAsync("submit", name);

    /// <summary>Makes a batch of a file in the folder, and waits for its end.</summary>
    public async Task<string> RunBatchAsync(string name)
    {
        string id = await SubmitAsync(name);
        await RunAsync("wait", id, "--poll", "10ms");
        return id;
    }

    public async ValueTask DisposeAsync()
    {
        await Emulator.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
