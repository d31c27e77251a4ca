using BatchGateway.Emulator;
using BatchGateway.Runs.Internal;
using BatchGateway.Runs.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BatchGateway.Runs.Tests.DependencyInjection;

public sealed class RegistrationTests
{
    [Test]
    public async Task AddBatchRuns_KeyedClient_IsTheOneThatRunsGoThrough()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        await using ServiceProvider services = Services(live, add => add.AddKeyedBatchClient("eu", _ => { }).UseEmulator(live.Emulator), options => options.Client = "eu");

        BatchRunSummary summary = await services.GetRequiredService<IBatchRuns>().RunAsync(LiveRuns.Request(10, 10));

        Assert.That(summary.Succeeded, Is.EqualTo(10));
    }

    [Test]
    public async Task RunAsync_ClientThatIsNotRegistered_SaysWhichAndKeepsNothing()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        BatchRunRequest request = LiveRuns.Request(10, 10);
        request.Client = "asia";

        BatchRunException? refused = await Assert.ThrowsAsync<BatchRunException>(() => live.Runs.RunAsync(request));

        Assert.That(refused!.Message, Does.Contain("'asia'").And.Contain("AddKeyedBatchClient"));
        Assert.That(await live.Runs.ListAsync(), Is.Empty);
    }

    [Test]
    public async Task ResumeAsync_ClientThatIsNotRegisteredAnyMore_SaysWhich()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        await StopHalfwayAsync(live, "eu");
        await using ServiceProvider services = Services(live, add => add.AddBatchClient().UseEmulator(live.Emulator));

        BatchRunException? refused = await Assert.ThrowsAsync<BatchRunException>(() => services.GetRequiredService<IBatchRuns>().ResumeAsync(LiveRuns.Name));

        Assert.That(refused!.Message, Does.Contain("'eu'"));
    }

    [Test]
    public async Task ResumeAsync_ClientThatPointsElsewhere_SaysWhereAndSendsNothing()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        await StopHalfwayAsync(live, "eu");
        await using BatchGatewayEmulator other = await BatchGatewayEmulator.StartAsync();
        await using ServiceProvider services = Services(live, add => add.AddKeyedBatchClient("eu", _ => { }).UseEmulator(other));

        BatchRunException? refused = await Assert.ThrowsAsync<BatchRunException>(() => services.GetRequiredService<IBatchRuns>().ResumeAsync(LiveRuns.Name));

        Assert.That(refused!.Message, Does.Contain(live.Emulator.Url.Authority).And.Contain(other.Url.Authority));
        Assert.That(other.Ledger.Requests, Is.Empty);
    }

    [Test]
    public async Task ResumeAsync_OtherProviderConfigured_KeepsTheOneTheRunBeganWith()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        await StopHalfwayAsync(live, "eu", "first-account");
        await using ServiceProvider services = Services(live, add => add.AddKeyedBatchClient("eu", options => options.Provider = "second-account").UseEmulator(live.Emulator));

        await services.GetRequiredService<IBatchRuns>().ResumeAsync(LiveRuns.Name);

        Assert.That(live.Emulator.Ledger.Requests.Select(request => request.Headers[GatewayHeaders.Provider]), Has.All.EqualTo("first-account"));
    }

    [Test]
    public async Task State_Key_IsNowhereInTheFolder()
    {
        await using LiveRuns live = await LiveRuns.StartAsync(configure: options => options.ApiKey = "the-secret-key-of-the-gateway");
        BatchRunRequest request = LiveRuns.Request(10, 10);
        request.Call = new BatchCallOptions { Headers = { ["x-own-secret"] = "the-secret-of-a-header" } };
        await live.Runs.RunAsync(request);

        Assert.That(FolderBytes.Holding(live.Folder.FullPath, "the-secret-"), Is.Empty);
    }

    [Test]
    public async Task State_SecretHeaderOfTheClient_IsSentAgainAfterARestartAndNowhereInTheFolder()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        void AddClient(IServiceCollection services) => services.AddBatchClient(options =>
        {
            options.Headers["X-TFY-Upstream-Key"] = "the-secret-of-a-header";
            options.Headers["x-tfy-own"] = "no-secret";
        }).UseEmulator(live.Emulator);
        await using (ServiceProvider first = Services(live, AddClient, options => options.Probe = new CrashAt(RunStep.Created, after: true)))
            await Assert.ThrowsAsync<CrashException>(() => first.GetRequiredService<IBatchRuns>().RunAsync(LiveRuns.Request(30, 10)));
        int before = live.Emulator.Ledger.Requests.Count;

        await using ServiceProvider second = Services(live, AddClient);
        await second.GetRequiredService<IBatchRuns>().ResumeAsync(LiveRuns.Name);

        Assert.That(live.Emulator.Ledger.Requests.Skip(before).Select(request => request.Headers["X-TFY-Upstream-Key"]),
            Has.All.EqualTo("the-secret-of-a-header").And.Not.Empty);
        Assert.That(FolderBytes.Holding(live.Folder.FullPath, "the-secret-"), Is.Empty);
        Assert.That(FolderBytes.Holding(live.Folder.FullPath, "no-secret"), Is.Not.Empty, "else nothing was tested");
    }

    [TestCase("x-tfy-upstream-key")]
    [TestCase("X-TFY-TOKEN")]
    [TestCase("x-tfy-client-secret")]
    [TestCase("x-tfy-provider-authorization")]
    [TestCase("x-tfy-Password")]
    [TestCase("x-tfy-mcp-headers")]
    public async Task RunAsync_SecretHeaderOfTheCall_IsRefusedBeforeAnythingIsRead(string name)
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        BatchRunRequest request = LiveRuns.Request(10, 10);
        request.Call = new BatchCallOptions { Headers = { [name] = "the-secret-of-a-header" } };

        ArgumentException? refused = await Assert.ThrowsAsync<ArgumentException>(() => live.Runs.RunAsync(request));

        Assert.That(refused!.Message, Does.Contain($"'{name}'").And.Contain("Set it on the client").And.Not.Contain("the-secret-"));
        Assert.That(await live.Runs.ListAsync(), Is.Empty);
        Assert.That(FolderBytes.Holding(live.Folder.FullPath, "the-secret-"), Is.Empty);
    }

    [Test]
    public async Task RunAsync_FolderInUse_NamesWhoUsesIt()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        await live.Runs.ListAsync();
        await using ServiceProvider second = Services(live, add => add.AddBatchClient().UseEmulator(live.Emulator));

        BatchClientException? refused = await Assert.ThrowsAsync<StateFolderException>(() => second.GetRequiredService<IBatchRuns>().ListAsync());

        Assert.That(refused!.Message, Does.Contain($"process {Environment.ProcessId}"));
    }

    [Test]
    public async Task GetService_OptionsOfTheClientAreIncomplete_IsToldAtTheFirstUse()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        ServiceCollection services = new();
        services.AddBatchClient(options => options.ControlPlaneUrl = "no address");
        services.AddBatchRuns(options => options.StateFolder = live.Folder["state"]);
        await using ServiceProvider provider = services.BuildServiceProvider();

        IBatchRuns runs = provider.GetRequiredService<IBatchRuns>();

        await Assert.ThrowsAsync<OptionsValidationException>(() => runs.ListAsync());
    }

    [Test]
    public async Task RunAsync_BlobsThatCannotBeOpened_SaysWhatIsWrongWithTheFolder()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        Directory.CreateDirectory(live.Folder["state"]);
        await File.WriteAllTextAsync(live.Folder["state/blobs"], "a file");

        StateFolderException? refused = await Assert.ThrowsAsync<StateFolderException>(() => live.Runs.RunAsync(LiveRuns.Request(10, 10)));

        Assert.That(refused!.Message, Does.Contain("cannot be used").And.Contain("No run was started."));
    }

    [Test]
    public async Task RunAsync_NoStateFolder_SaysSo()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        await using ServiceProvider services = Services(live, add => add.AddBatchClient().UseEmulator(live.Emulator), options => options.StateFolder = null);

        InvalidOperationException? refused = await Assert.ThrowsAsync<InvalidOperationException>(() => services.GetRequiredService<IBatchRuns>().ListAsync());

        Assert.That(refused!.Message, Does.Contain("StateFolder"));
    }

    [Test]
    public async Task BackgroundService_UnfinishedRun_IsResumedAtStart()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        await StopHalfwayAsync(live, "eu");
        await using ServiceProvider services = Services(live, add => add.AddKeyedBatchClient("eu", _ => { }).UseEmulator(live.Emulator));
        BackgroundService service = services.GetServices<IHostedService>().OfType<BackgroundService>().Single();

        await service.StartAsync(CancellationToken.None);
        await service.ExecuteTask!;

        Assert.That((await services.GetRequiredService<IBatchRuns>().FindAsync(LiveRuns.Name))!.Status, Is.EqualTo(BatchRunStatus.Ended));
        Assert.That(live.Emulator.Ledger.LinesBilled.Values, Has.All.EqualTo(1).And.Exactly(30).Items);
    }

    [Test]
    public async Task RunAsync_CancelledToken_LeavesTheRunAndAnotherCallGoesOn()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        using CancellationTokenSource leave = new();
        ProgressLog log = new(report =>
        {
            if (report.Shards.ContainsKey(BatchShardStatus.Created))
                leave.Cancel();
        });

        await Assert.ThatAsync(() => live.Runs.RunAsync(LiveRuns.Request(30, 10), log, leave.Token), Throws.InstanceOf<OperationCanceledException>());
        BatchRunSummary summary = await live.Runs.ResumeAsync(LiveRuns.Name);

        Assert.That(summary.Status, Is.EqualTo(BatchRunStatus.Ended));
        await live.ExpectAllPaidOnceAsync(30);
    }

    // Another process on a shared store: its clock says that the lease has run out, and it takes the shard while this one is about to send.
    [Test]
    public async Task RunAsync_ShardTakenBeforeTheFirstByte_SendsNothing()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        Thief thief = new(live.Folder["state/runs.db"]);
        IBatchRuns runs = await live.RestartAsync(options => options.Probe = thief);

        BatchRunSummary summary = await runs.RunAsync(LiveRuns.Request(20, 10));

        Assert.That(summary.Status, Is.EqualTo(BatchRunStatus.Ended));
        Assert.That(live.Emulator.Ledger.Count("CreateBatch"), Is.EqualTo(2));
        Assert.That(summary.EndedAt - summary.CreatedAt, Is.GreaterThan(TimeSpan.FromDays(1)), "only when the other one's lease had run out");
        await live.ExpectAllPaidOnceAsync(20);
    }

    private static ServiceProvider Services(LiveRuns live, Action<IServiceCollection> addClient, Action<BatchRunsOptions>? configure = null)
    {
        ServiceCollection services = new();
        addClient(services);
        services.AddBatchRuns(options =>
        {
            options.StateFolder = live.Folder["state"];
            options.TimeProvider = live.Emulator.Clock;
            configure?.Invoke(options);
        });
        return services.BuildServiceProvider();
    }

    private static async Task StopHalfwayAsync(LiveRuns live, string client, string? provider = null)
    {
        await using ServiceProvider services = Services(
            live,
            add => add.AddKeyedBatchClient(client, options => options.Provider = provider).UseEmulator(live.Emulator),
            options => (options.Client, options.Probe) = (client, new CrashAt(RunStep.Created, after: true, times: 2)));
        await Assert.ThrowsAsync<CrashException>(() => services.GetRequiredService<IBatchRuns>().RunAsync(LiveRuns.Request(30, 10)));
    }

    private sealed class Thief(string store) : StepProbe
    {
        private int _hasStolen;

        public override void Reached(RunStep step, bool isDone, int shard)
        {
            if (step == RunStep.Create && !isDone && Interlocked.Exchange(ref _hasStolen, 1) == 0)
                StealAsync(shard).GetAwaiter().GetResult();
        }

        private async Task StealAsync(int shard)
        {
            EmulatorClock tomorrow = EmulatorClock.Manual(new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero));
            await using IRunStore other = await SqliteRunStore.OpenAsync(store, tomorrow);
            RunRow run = (await other.FindRunAsync(LiveRuns.Name))!;
            ShardClaim? claim = await other.ClaimAsync(run.Id, shard, "thief", TimeSpan.FromHours(1));
            Assert.That(claim!.MayCreate, Is.False);
        }
    }
}
