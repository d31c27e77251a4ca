using System.Text.Json;
using BatchGateway.Emulator;
using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Tests.Support;

/// <summary>
/// A run with its store and blobs, and the emulator that its batches go to over real sockets. The steps before a harvest are the shortest ones.
/// </summary>
internal sealed class RunScene : IAsyncDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromDays(1000);

    private readonly TestFolder _folder = new();
    private readonly OwnedBatchClient _client;

    private RunScene(BatchGatewayEmulator emulator)
    {
        Emulator = emulator;
        Store = new MemoryRunStore(emulator.Clock);
        Blobs = FolderBlobs.Open(_folder["blobs"]);
        _client = BatchClientFactory.Create(new BatchGatewayOptions
        {
            ControlPlaneUrl = emulator.Url.ToString(),
            ApiPath = emulator.ApiPath,
            ApiKey = emulator.ApiKey,
            TimeProvider = emulator.Clock,
        });
    }

    public BatchGatewayEmulator Emulator { get; }

    public IRunStore Store { get; }

    public IBlobStore Blobs { get; }

    public IBatchClient Client => _client;

    public RunRow Run { get; private set; } = null!;

    public BatchLimits Limits { get; private set; } = BatchLimits.OpenAI;

    public RunResults Results => new(Store, Blobs);

    public string this[string name] => _folder[name];

    public string[] Files => _folder.Files;

    public static async Task<RunScene> StartAsync(EmulatorScript script, IEnumerable<string> customIds, BatchLimits? limits = null)
    {
        EmulatorOptions options = new() { Script = script, Personality = EmulatorPersonality.OpenAI };
        RunScene scene = new(await BatchGatewayEmulator.StartAsync(options));
        await scene.SpoolAsync(customIds, limits ?? BatchLimits.OpenAI);
        return scene;
    }

    public static Task<RunScene> StartAsync(EmulatorScript script, int lines, BatchLimits? limits = null) =>
        StartAsync(script, Enumerable.Range(0, lines).Select(Id), limits);

    /// <summary>The custom id of a line, by its place in the input.</summary>
    public static string Id(int line) => $"line-{line:D6}";

    /// <summary>Makes a batch of the next shard and waits for its end.</summary>
    public async Task<(ShardClaim Claim, HarvestRequest Request)> EndedAsync(HarvestOptions? options = null, Func<string, Task>? meanwhile = null)
    {
        ShardClaim claim = await Store.ClaimNextAsync(Run.Id, "worker", Lease, ShardState.Planned)
            ?? throw new AssertionException("No shard is planned.");
        claim = await Store.StepAsync(claim, ShardState.Uploading, ShardState.Uploaded, ShardState.Intent);
        await using Stream content = await Blobs.OpenAsync(claim.Shard.Blob);
        BatchFile file = await Client.Files.UploadAsync(content, "shard.jsonl", FilePurpose.Batch);
        Batch created = await Client.Batches.CreateAsync(new CreateBatchRequest { InputFileId = file.Id, Endpoint = BatchEndpoint.ChatCompletions });
        claim = await ApplyAsync(claim, Steps.Step(claim, ShardState.Created) with { BatchId = created.Id });
        if (meanwhile is not null)
            await meanwhile(created.Id);
        Batch end = await Client.Attach(created.Id).WaitAsync();
        claim = await Store.StepAsync(claim, ShardState.Terminal);
        return (claim, new HarvestRequest
        {
            Run = Run,
            Shard = claim.Shard,
            Batch = end,
            Client = Client,
            Options = (options ?? new HarvestOptions()) with { Limits = Limits },
            Tally = RetryTallies.Read(claim.Shard.Facts),
            RetryFacts = RetryTallies.Write,
        });
    }

    public Task<Harvest> HarvestAsync(HarvestRequest request) => new ShardHarvest(Blobs, Emulator.Clock).RunAsync(request, CancellationToken.None);

    /// <summary>Sends the next shard, harvests it, and makes that durable.</summary>
    public async Task<HarvestedShard> NextAsync(HarvestOptions? options = null, Func<string, Task>? meanwhile = null)
    {
        (ShardClaim claim, HarvestRequest request) = await EndedAsync(options, meanwhile);
        using Harvest harvest = await HarvestAsync(request);
        return await HarvestedAsync(claim, harvest);
    }

    public async Task<HarvestedShard> HarvestedAsync(ShardClaim claim, Harvest harvest)
    {
        ShardTransition step = Steps.Step(claim, ShardState.Harvested) with { Outcomes = harvest.Outcomes, NewShards = harvest.RetryShards };
        claim = await ApplyAsync(claim, step);
        return new HarvestedShard(claim.Shard, [.. harvest.Outcomes], harvest.RetryShards, harvest.Counts);
    }

    /// <summary>Sends and harvests until nothing is planned any more.</summary>
    public async Task<List<HarvestedShard>> FinishAsync(HarvestOptions? options = null)
    {
        List<HarvestedShard> harvested = [];
        while (await Store.ListShardsAsync(Run.Id, ShardState.Planned) is { Count: > 0 })
            harvested.Add(await NextAsync(options));
        return harvested;
    }

    /// <summary>The custom ids of the lines of a blob.</summary>
    public async Task<string[]> IdsInAsync(string blob)
    {
        await using Stream content = await Blobs.OpenAsync(blob);
        using StreamReader lines = new(content);
        string[] all = (await lines.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. all.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("custom_id").GetString()!)];
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _client.Dispose();
        await Emulator.DisposeAsync();
        _folder.Dispose();
    }

    private async Task SpoolAsync(IEnumerable<string> customIds, BatchLimits limits)
    {
        Limits = limits;
        IEnumerable<BatchRequestLine> lines = customIds.Select(id => BatchRequestLine.Chat(id, "gpt-4o-mini", $"Say {id}"));
        SpooledInput input = await new InputSpool(Blobs).WriteAsync(Async(lines), limits);
        RunRow run = await Store.OpenRunAsync("nightly");
        await Store.SealInputAsync(run.Id, input.Seal, input.Shards);
        Run = (await Store.FindRunAsync("nightly"))!;
    }

    private async Task<ShardClaim> ApplyAsync(ShardClaim claim, ShardTransition transition)
    {
        ApplyResult result = await Store.ApplyAsync(claim, transition);
        Assert.That(result.Outcome, Is.EqualTo(ApplyOutcome.Applied));
        return claim with { Shard = result.Shard };
    }

    private static async IAsyncEnumerable<BatchRequestLine> Async(IEnumerable<BatchRequestLine> lines)
    {
        foreach (BatchRequestLine line in lines)
            yield return line;
        await Task.CompletedTask;
    }
}
