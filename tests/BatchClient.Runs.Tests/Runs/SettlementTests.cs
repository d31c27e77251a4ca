using BatchGateway.Emulator;
using BatchGateway.Runs.Internal;
using BatchGateway.Runs.Tests.Support;

namespace BatchGateway.Runs.Tests.Runs;

/// <summary>What a person is told of a shard, and may say about it.</summary>
public sealed class SettlementTests
{
    private const string NotFound = """{"error":{"message":"No such thing.","type":"invalid_request_error","code":"not_found"}}""";

    [Test]
    public async Task RunAsync_TwoCandidates_IsAmbiguousAndNamesBoth()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.OnCreateBatch.Answer(502);
        IBatchRuns runs = await live.RestartAsync(options => options.Probe = new ActAt(RunStep.Create, () =>
            live.Emulator.OnListBatches.Answer(200, TwoOf(live.Emulator.Ledger.FilesHeld.Single()), times: 1000)));

        BatchShardInfo shard = (await runs.RunAsync(LiveRuns.Request(10, 10))).Unsettled.Single();

        Assert.That(shard.Status, Is.EqualTo(BatchShardStatus.Ambiguous));
        Assert.That(
            shard.Problem,
            Does.Contain("batch_one").And.Contain("batch_two").And.Contain(shard.InputFileId).And.Contain(shard.Intent).And.Contain("sent 2026-01-01 00:00")
                .And.Contain("""AttachAsync("nightly", 1,""").And.Contain("""AbandonAsync("nightly", 1)"""));
        Assert.That(live.Creates, Has.Length.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_GatewayWithoutAList_EachShardIsSettledByOneCall()
    {
        await using LiveRuns live = await LiveRuns.StartAsync(configure: options => options.BatchList = false);
        live.Emulator.OnCreateBatch.LoseAnswer();
        live.Emulator.OnCreateBatch.Answer(502);

        BatchRunSummary stopped = await live.Runs.RunAsync(LiveRuns.Request(30, 10));
        foreach (BatchShardInfo shard in stopped.Unsettled)
        {
            Assert.That(shard.Problem, Does.Contain(shard.InputFileId).And.Contain(shard.Intent).And.Contain("AttachAsync").And.Contain("AbandonAsync"));
            if (live.Emulator.Ledger.BatchesCreatedFor(shard.InputFileId!) is [var batch])
                await live.Runs.AttachAsync(LiveRuns.Name, shard.Number, batch);
            else
                await live.Runs.AbandonAsync(LiveRuns.Name, shard.Number);
        }

        BatchRunSummary end = await live.Runs.ResumeAsync(LiveRuns.Name);

        Assert.That(stopped.Unsettled, Has.Count.EqualTo(2));
        Assert.That((end.Status, end.Succeeded, end.Outcomes[BatchOutcomeKind.Missing]), Is.EqualTo((BatchRunStatus.Ended, 20, 10)));
        Assert.That(live.Emulator.Ledger.LinesBilled.Values, Has.All.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_FileIsPendingAtFirst_IsCreatedFromItLater()
    {
        await using LiveRuns live = await LiveRuns.StartAsync(EmulatorPersonality.Azure);

        BatchRunSummary summary = await live.Runs.RunAsync(LiveRuns.Request(20, 10));

        Assert.That(summary.Status, Is.EqualTo(BatchRunStatus.Ended));
        Assert.That(live.Emulator.Ledger.Count("UploadFile"), Is.EqualTo(2));
        await live.ExpectAllPaidOnceAsync(20);
    }

    [TestCase(EmulatorPersonality.OpenAI)]
    [TestCase(EmulatorPersonality.Documented)]
    public async Task AbandonAsync_BatchRuns_IsRefused(EmulatorPersonality personality)
    {
        await using LiveRuns live = await LeftInFlightAsync(personality);
        live.Emulator.Clock.Advance(TimeSpan.FromMinutes(5));

        BatchRunException? refused = await Assert.ThrowsAsync<BatchRunException>(() => live.Runs.AbandonAsync(LiveRuns.Name, 1));

        Assert.That(refused!.Message, Does.Contain((await live.ShardAsync(1)).BatchId).And.Contain("resume").And.Contain("CancelAsync"));
        Assert.That((await live.ShardAsync(1)).Status, Is.EqualTo(BatchShardStatus.Created));
    }

    [Test]
    public async Task AbandonAsync_BatchIsGone_GivesItsLinesAnOutcome()
    {
        await using LiveRuns live = await LeftInFlightAsync();
        live.Emulator.OnGetBatch.Answer(404, NotFound, times: 2);
        await Assert.ThrowsAsync<BatchRunException>(() => live.Runs.AbandonAsync(LiveRuns.Name, 1), "a new batch may be unknown for a while");
        live.Emulator.Clock.Advance(TimeSpan.FromMinutes(5));

        await live.Runs.AbandonAsync(LiveRuns.Name, 1);

        Assert.That((await live.Runs.ResumeAsync(LiveRuns.Name)).Outcomes[BatchOutcomeKind.Missing], Is.EqualTo(10));
    }

    [Test]
    public async Task AbandonAsync_ResultFilesAreGone_GivesItsLinesAnOutcome()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        IBatchRuns first = await live.RestartAsync(options => options.Probe = new CrashAt(RunStep.Terminal, after: true));
        await Assert.ThrowsAsync<CrashException>(() => first.RunAsync(LiveRuns.Request(10, 10)));
        await live.RestartAsync();
        await Assert.ThrowsAsync<BatchRunException>(() => live.Runs.AbandonAsync(LiveRuns.Name, 1), "its results are there");
        live.Emulator.OnGetFile.Answer(404, NotFound);

        await live.Runs.AbandonAsync(LiveRuns.Name, 1);

        Assert.That((await live.ShardAsync(1)).Status, Is.EqualTo(BatchShardStatus.Abandoned));
    }

    [Test]
    public async Task AttachAsync_BatchThatIsNotItsOwn_IsRefusedWithTheReason()
    {
        await using LiveRuns live = await LiveRuns.StartAsync(configure: options => options.BatchList = false);
        BatchRunRequest other = new("other", LiveRuns.Lines(10));
        await live.Runs.RunAsync(other);
        string ofAnotherRun = live.Emulator.Ledger.BatchesCreated.Single();
        live.Emulator.OnCreateBatch.Answer(502);
        BatchShardInfo shard = (await live.Runs.RunAsync(LiveRuns.Request(20, 10))).Unsettled.Single();
        string ofAnotherShard = live.Emulator.Ledger.BatchesCreated[1];
        string ofAnotherFile = await CreateAsync(live, await UploadAsync(live), intent: null);
        string ofAnotherCreate = await CreateAsync(live, shard.InputFileId!, intent: "somebody-elses");

        foreach ((string batch, string reason) in new[]
        {
            (ofAnotherRun, "run 'other'"), (ofAnotherShard, "of this run"), (ofAnotherFile, "was made from file"), (ofAnotherCreate, "somebody-elses"),
        })
        {
            BatchRunException? refused = await Assert.ThrowsAsync<BatchRunException>(() => live.Runs.AttachAsync(LiveRuns.Name, shard.Number, batch));
            Assert.That(refused!.Message, Does.Contain(reason).And.Contain(batch));
        }

        Assert.That((await live.ShardAsync(shard.Number)).Status, Is.EqualTo(BatchShardStatus.Ambiguous));
    }

    private static string TwoOf(string file) => $$"""
        {"object":"list","has_more":false,"data":[
        {"id":"batch_two","object":"batch","status":"in_progress","input_file_id":"{{file}}"},
        {"id":"batch_one","object":"batch","status":"validating","input_file_id":"{{file}}"}]}
        """;

    /// <summary>A run of one batch that is under way, and that nobody works on.</summary>
    private static async Task<LiveRuns> LeftInFlightAsync(EmulatorPersonality personality = EmulatorPersonality.OpenAI)
    {
        LiveRuns live = await LiveRuns.StartAsync(personality);
        IBatchRuns first = await live.RestartAsync(options => options.Probe = new CrashAt(RunStep.Created, after: true));
        await Assert.ThrowsAsync<CrashException>(() => first.RunAsync(LiveRuns.Request(10, 10)));
        await live.RestartAsync();
        return live;
    }

    private static async Task<string> UploadAsync(LiveRuns live)
    {
        using OwnedBatchClient client = Client(live);
        using MemoryStream content = new("""{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"gpt-4o-mini","messages":[]}}"""u8.ToArray());
        return (await client.Files.UploadAsync(content, "other.jsonl", FilePurpose.Batch)).Id;
    }

    private static async Task<string> CreateAsync(LiveRuns live, string file, string? intent)
    {
        using OwnedBatchClient client = Client(live);
        return (await client.Batches.CreateAsync(new CreateBatchRequest
        {
            InputFileId = file,
            Endpoint = BatchEndpoint.ChatCompletions,
            Metadata = intent is null ? null : new Dictionary<string, string> { ["batchclient_intent"] = intent },
        })).Id;
    }

    private static OwnedBatchClient Client(LiveRuns live) => BatchClientFactory.Create(new BatchGatewayOptions
    {
        ControlPlaneUrl = live.Emulator.Url.ToString(),
        ApiPath = live.Emulator.ApiPath,
        ApiKey = live.Emulator.ApiKey,
        TimeProvider = live.Emulator.Clock,
    });
}
