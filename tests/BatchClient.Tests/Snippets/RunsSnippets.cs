using BatchGateway.Emulator;
using BatchGateway.Runs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BatchGateway.Tests.Snippets;

public sealed class RunsSnippets
{
    private static readonly IReadOnlyList<Review> Reviews = [.. Enumerable.Range(1, 25).Select(i => new Review($"r-{i}", $"Review {i}"))];

    [Test]
    public async Task Run_Lines_EachHasAnOutcome()
    {
        await using Scene scene = await Scene.StartAsync();
        IBatchRuns runs = scene.Runs;
        IReadOnlyList<Review> reviews = Reviews;
        string path = scene.PathOf("results.jsonl");

        BatchRunSummary summary = await runs.RunAsync(new BatchRunRequest(
            "reviews-2026-11-21",
            reviews.Select(review => BatchRequestLine.Chat(review.Id, "gpt-4o-mini", review.Text, system: "Rate the review."))));

        Console.WriteLine($"{summary.Succeeded} of {summary.Lines} lines answered, in {summary.Batches} batches");
        await runs.WriteResultsAsync("reviews-2026-11-21", path);

        Assert.That(summary.Status, Is.EqualTo(BatchRunStatus.Ended));
        Assert.That(summary.AllSucceeded, Is.True);
        Assert.That((await File.ReadAllLinesAsync(path))[24], Does.StartWith("""{"custom_id":"r-25","outcome":"succeeded","attempts":1,"batch_id":"batch_"""));
    }

    [Test]
    public async Task Run_WithALimit_ItsResultsAreRead()
    {
        await using Scene scene = await Scene.StartAsync();
        IBatchRuns runs = scene.Runs;
        IEnumerable<BatchRequestLine> lines = Lines;

        BatchRunSummary summary = await runs.RunAsync(new BatchRunRequest("reviews-2026-11-21", lines) { MaxBatchesInFlight = 8 });
        await foreach (BatchResultLine line in runs.ReadResultsAsync("reviews-2026-11-21"))
            Console.WriteLine($"{line.CustomId}: {line.Kind}");

        Assert.That(summary.AllSucceeded, Is.True);
    }

    [Test]
    public async Task Run_FileOfLines_IsReadOnce()
    {
        await using Scene scene = await Scene.StartAsync();
        IBatchRuns runs = scene.Runs;
        string path = scene.PathOf("requests.jsonl");
        await File.WriteAllTextAsync(path, Fixture.OneLine);

        BatchRunSummary summary = await runs.RunAsync(new BatchRunRequest("reviews-2026-11-21", BatchRequestFile.ReadLinesAsync(path)));

        Assert.That(summary.AllSucceeded, Is.True);
    }

    [Test]
    public async Task Options_AllOfThem_AreKept()
    {
        await using Scene scene = await Scene.StartAsync();
        IBatchRuns runs = scene.Runs;
        IEnumerable<BatchRequestLine> lines = Lines;

        BatchRunRequest request = new("reviews-2026-11-21", lines)
        {
            Limits = BatchLimits.OpenAI,                      // what one batch may hold: lines are dealt out by it
            MaxAttempts = 3,                                  // a line's first time included
            MaxBatchesInFlight = 8,
            MaxEnqueuedTokens = 2_000_000,                    // a plain estimate: a quarter of the bytes of the bodies
            Deadline = TimeSpan.FromHours(30),                // then what is in flight is cancelled, and brought in
            Price = new TokenPrice(InputPerMillion: 0.075m, OutputPerMillion: 0.30m),
        };

        Progress<BatchRunProgress> progress = new(now =>
        {
            Console.WriteLine($"{now.Outcomes.Values.Sum()} of {now.Lines} lines, {now.Batches.Values.Sum()} batches in flight, about {now.Cost}");
            Console.WriteLine($"ends about {now.EstimatedEnd:t}");
            foreach (string notice in now.Notices)
                Console.WriteLine(notice);
        });

        BatchRunSummary summary = await runs.RunAsync(request, progress);

        Assert.That(summary.Cost, Is.Positive);
    }

    [Test]
    public async Task Resume_LeftRun_GoesOnWhereItStood()
    {
        await using Scene scene = await Scene.StartAsync();
        using CancellationTokenSource left = new();
        Task<BatchRunSummary> first = scene.Runs.RunAsync(new BatchRunRequest("reviews-2026-11-21", Lines), new Leave(left), left.Token);
        Assert.That(async () => await first, Throws.InstanceOf<OperationCanceledException>());
        IBatchRuns runs = await scene.RestartAsync();

        BatchRunSummary summary = await runs.ResumeAsync("reviews-2026-11-21");   // needs no lines

        Assert.That(summary.AllSucceeded, Is.True);
        Assert.That(scene.Emulator.Ledger.LinesBilled.Values, Has.All.EqualTo(1));
    }

    [Test]
    public async Task Run_OtherLines_AreAConflict()
    {
        await using Scene scene = await Scene.StartAsync();
        IBatchRuns runs = scene.Runs;
        await runs.RunAsync(new BatchRunRequest("reviews-2026-11-21", Lines));
        IEnumerable<BatchRequestLine> lines = Lines.Take(20);
        using StringWriter report = new();

        try
        {
            await runs.RunAsync(new BatchRunRequest("reviews-2026-11-21", lines));
        }
        catch (BatchRunConflictException problem)
        {
            report.WriteLine($"{problem.RunName} has {problem.ExistingLines} lines, {problem.GivenLines} were given");
        }

        Assert.That(report.ToString(), Does.StartWith("reviews-2026-11-21 has 25 lines, 20 were given"));
    }

    [Test]
    public async Task Settle_AmbiguousShard_IsAttached()
    {
        await using Scene scene = await Scene.StartAsync(EmulatorPersonality.Documented);   // no list: a lost create cannot be looked for
        scene.Emulator.OnCreateBatch.LoseAnswer(times: 1);
        IBatchRuns runs = scene.Runs;
        BatchRunSummary summary = await runs.RunAsync(new BatchRunRequest("reviews-2026-11-21", Lines));
        Assert.That(summary.Unsettled, Has.Count.EqualTo(1));
        string batchId = scene.Emulator.Ledger.BatchesCreatedFor(summary.Unsettled[0].InputFileId!)[0];

        foreach (BatchShardInfo shard in summary.Unsettled)
        {
            Console.WriteLine($"Shard {shard.Number}, file {shard.InputFileId}, intent {shard.Intent}: {shard.Problem}");
        }

        await runs.AttachAsync("reviews-2026-11-21", shard: 1, batchId);   // or AbandonAsync("reviews-2026-11-21", shard: 1)
        summary = await runs.ResumeAsync("reviews-2026-11-21");

        Assert.That(summary.AllSucceeded, Is.True);
        Assert.That(scene.Emulator.Ledger.LinesBilled.Values, Has.All.EqualTo(1));
    }

    [Test]
    public async Task Results_InOrderAndAsTheyArrive_AreTheSame()
    {
        await using Scene scene = await Scene.StartAsync();
        IBatchRuns runs = scene.Runs;
        Task<BatchRunSummary> running = runs.RunAsync(new BatchRunRequest("reviews-2026-11-21", Lines));
        await Started(runs);
        List<string?> arrived = [];
        List<string?> inOrder = [];

        await foreach (BatchResultLine line in runs.ReadArrivingResultsAsync("reviews-2026-11-21"))   // beside RunAsync
            arrived.Add(line.CustomId);

        await running;
        await foreach (BatchResultLine line in runs.ReadResultsAsync("reviews-2026-11-21"))           // in the order of the input
            inOrder.Add(line.CustomId);

        Assert.That((await running).AllSucceeded, Is.True);
        Assert.That(inOrder, Is.EqualTo(Lines.Select(line => line.CustomId)));
        Assert.That(arrived, Is.EquivalentTo(inOrder));
    }

    [Test]
    public async Task Cancel_RunInFlight_BringsInWhatThereIs()
    {
        await using Scene scene = await Scene.StartAsync(EmulatorPersonality.OpenAI);
        IBatchRuns runs = scene.Runs;
        using CancellationTokenSource left = new();
        Assert.That(
            async () => await runs.RunAsync(new BatchRunRequest("reviews-2026-11-21", Lines), new Leave(left), left.Token),
            Throws.InstanceOf<OperationCanceledException>());

        BatchRunSummary summary = await runs.CancelAsync("reviews-2026-11-21");

        Assert.That(summary.Status, Is.EqualTo(BatchRunStatus.Ended));
        Assert.That(summary.Outcomes.Values.Sum(), Is.EqualTo(25));
    }

    [Test]
    public async Task Housekeeping_OldRuns_AreDeleted()
    {
        await using Scene scene = await Scene.StartAsync();
        IBatchRuns runs = scene.Runs;
        await runs.RunAsync(new BatchRunRequest("reviews-2026-11-21", Lines));
        DateTimeOffset lastMonth = DateTimeOffset.MaxValue;

        foreach (BatchRunInfo run in await runs.ListAsync())
        {
            if (run.EndedAt < lastMonth)
                await runs.DeleteAsync(run.Name);
        }

        Assert.That(await runs.ListAsync(), Is.Empty);
    }

    [Test]
    public void Registration_InAHost_HasRunsAndTheirService()
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();

        builder.Services.AddBatchClient(options => options.Provider = "openai-main");
        builder.Services.AddBatchRuns(options => options.StateFolder = "runs");

        builder.Services.Configure<BatchGatewayOptions>(options => (options.ControlPlaneUrl, options.ApiKey) = ("acme.truefoundry.cloud", "key"));
        using IHost host = builder.Build();
        Assert.That(host.Services.GetRequiredService<IBatchRuns>(), Is.Not.Null);
        Assert.That(host.Services.GetServices<IHostedService>(), Has.One.Items);
    }

    [Test]
    public async Task Registration_OfKeyedClient_IsNamedByTheRequest()
    {
        await using Scene scene = await Scene.StartAsync(services => services.AddKeyedBatchClient("azure", _ => { }));
        IBatchRuns runs = scene.Runs;
        IEnumerable<BatchRequestLine> lines = Lines;

        BatchRunRequest request = new("reviews-2026-11-21", lines) { Client = "azure", Limits = BatchLimits.Azure };

        Assert.That((await runs.RunAsync(request)).AllSucceeded, Is.True);
    }

    private static IEnumerable<BatchRequestLine> Lines => Reviews.Select(review => BatchRequestLine.Chat(review.Id, "gpt-4o-mini", review.Text));

    private static async Task Started(IBatchRuns runs)
    {
        while ((await runs.FindAsync("reviews-2026-11-21"))?.Status is null or BatchRunStatus.Spooling)
            await Task.Yield();
    }

    /// <summary>Leaves a run when its first batch is known.</summary>
    private sealed class Leave(CancellationTokenSource left) : IProgress<BatchRunProgress>
    {
        public void Report(BatchRunProgress value)
        {
            if (value.Shards.ContainsKey(BatchShardStatus.Created))
                left.Cancel();
        }
    }

    /// <summary>Runs against an emulator, in as many lives of a process as a snippet needs.</summary>
    private sealed class Scene : IAsyncDisposable
    {
        private readonly Func<IServiceCollection, IBatchClientBuilder> _addClient;
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("runs-snippets-");
        private ServiceProvider _process;

        private Scene(BatchGatewayEmulator emulator, Func<IServiceCollection, IBatchClientBuilder> addClient)
        {
            Emulator = emulator;
            _addClient = addClient;
            _process = Begin();
        }

        public BatchGatewayEmulator Emulator { get; }

        public IBatchRuns Runs => _process.GetRequiredService<IBatchRuns>();

        public static async Task<Scene> StartAsync(EmulatorPersonality personality = EmulatorPersonality.OpenAI) =>
            new(await BatchGatewayEmulator.StartAsync(new EmulatorOptions { Personality = personality }), services => services.AddBatchClient());

        public static async Task<Scene> StartAsync(Func<IServiceCollection, IBatchClientBuilder> addClient) =>
            new(await BatchGatewayEmulator.StartAsync(), addClient);

        public async Task<IBatchRuns> RestartAsync()
        {
            await _process.DisposeAsync();
            _process = Begin();
            return Runs;
        }

        public string PathOf(string name) => Path.Combine(_folder.FullName, name);

        public async ValueTask DisposeAsync()
        {
            await _process.DisposeAsync();
            await Emulator.DisposeAsync();
            _folder.Delete(recursive: true);
        }

        private ServiceProvider Begin()
        {
            ServiceCollection services = new();
            _addClient(services).UseEmulator(Emulator);
            services.AddBatchRuns(options =>
            {
                options.StateFolder = PathOf("state");
                options.TimeProvider = Emulator.Clock;
            });
            return services.BuildServiceProvider();
        }
    }
}
