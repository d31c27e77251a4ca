using BatchGateway.Emulator;
using BatchGateway.Runs.Internal;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Runs.Tests.Support;

/// <summary>Runs against an emulator over real sockets, in one state folder, through as many lives of a process as a test needs.</summary>
internal sealed class LiveRuns : IAsyncDisposable
{
    public const string Name = "nightly";

    private readonly TestFolder _folder = new();
    private ServiceProvider? _process;

    private LiveRuns(BatchGatewayEmulator emulator) => Emulator = emulator;

    public BatchGatewayEmulator Emulator { get; }

    public TestFolder Folder => _folder;

    /// <summary>The runs of the present process; the first use starts one.</summary>
    public IBatchRuns Runs => (_process ??= Start(null)).GetRequiredService<IBatchRuns>();

    public static async Task<LiveRuns> StartAsync(EmulatorPersonality personality = EmulatorPersonality.OpenAI, Action<EmulatorOptions>? configure = null)
    {
        EmulatorOptions options = new() { Personality = personality };
        configure?.Invoke(options);
        return new LiveRuns(await BatchGatewayEmulator.StartAsync(options));
    }

    /// <summary>Ends the present process, if there is one, and starts another on the same folder.</summary>
    public async Task<IBatchRuns> RestartAsync(Action<BatchRunsOptions>? configure = null, Action<IServiceCollection, IBatchClientBuilder>? services = null)
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _process = Start(configure, services);
        return Runs;
    }

    /// <summary>When creates were sent, by the emulator's clock.</summary>
    public DateTimeOffset[] Creates => [.. Emulator.Ledger.Requests.Where(request => request.Route == "CreateBatch").Select(request => request.Time)];

    /// <summary>A shard of the run as it stands.</summary>
    public async Task<BatchShardInfo> ShardAsync(int number) => (await Runs.FindAsync(Name))!.Shards.Single(shard => shard.Number == number);

    public static IEnumerable<BatchRequestLine> Lines(int count) =>
        Enumerable.Range(1, count).Select(i => BatchRequestLine.Chat($"line-{i}", "gpt-4o-mini", user: $"How much is {i}?"));

    /// <summary>A run of so many lines with so many in a batch.</summary>
    public static BatchRunRequest Request(int lines, int perBatch) => new(Name, Lines(lines)) { Limits = BatchLimits.OpenAI with { MaxLines = perBatch } };

    public async Task<List<BatchResultLine>> ResultsAsync()
    {
        List<BatchResultLine> results = [];
        await foreach (BatchResultLine line in Runs.ReadResultsAsync(Name))
            results.Add(line);
        return results;
    }

    /// <summary>Every line of a run has succeeded, in the order of the input, and none was paid for twice.</summary>
    public async Task ExpectAllPaidOnceAsync(int lines)
    {
        List<BatchResultLine> results = await ResultsAsync();
        Assert.Multiple(() =>
        {
            Assert.That(results.Select(line => line.CustomId), Is.EqualTo(Lines(lines).Select(line => line.CustomId)));
            Assert.That(results.Select(line => line.Kind), Has.All.EqualTo(BatchOutcomeKind.Succeeded));
            Assert.That(Emulator.Ledger.LinesBilled, Has.Count.EqualTo(lines));
            Assert.That(Emulator.Ledger.LinesBilled.Values, Has.All.EqualTo(1));
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        await Emulator.DisposeAsync();
        _folder.Dispose();
    }

    private ServiceProvider Start(Action<BatchRunsOptions>? configure, Action<IServiceCollection, IBatchClientBuilder>? more = null)
    {
        ServiceCollection services = new();
        IBatchClientBuilder client = services.AddBatchClient(options => options.RetryDelay = TimeSpan.FromMilliseconds(10)).UseEmulator(Emulator);
        more?.Invoke(services, client);
        services.AddBatchRuns(options =>
        {
            options.StateFolder = _folder["state"];
            configure?.Invoke(options);
        });
        return services.BuildServiceProvider();
    }
}
