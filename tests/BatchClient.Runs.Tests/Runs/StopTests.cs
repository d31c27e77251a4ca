using BatchGateway.Emulator;
using BatchGateway.Runs.Internal;
using BatchGateway.Runs.Tests.Support;

namespace BatchGateway.Runs.Tests.Runs;

/// <summary>What no pause helps stops itself, and not what is ready or can go on.</summary>
public sealed class StopTests
{
    private const string BadFile = """{"error":{"message":"The file is not good.","code":"invalid_file"}}""";
    private const string NotYours = """{"error":{"message":"Not yours.","code":"forbidden"}}""";

    [Test]
    public async Task RunAsync_OneFileIsRefused_OnlyThatShardStops()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.OnCreateBatch.Answer(400, BadFile);

        BatchRunException? stopped = await Assert.ThrowsAsync<BatchRunException>(() => live.Runs.RunAsync(LiveRuns.Request(50, 10)));

        BatchRunInfo run = (await live.Runs.FindAsync(LiveRuns.Name))!;
        BatchShardInfo shard = run.Shards.Single(one => one.Status == BatchShardStatus.Uploaded);
        Assert.That(stopped!.Message, Does.Contain($"Shard {shard.Number}: ").And.Contain("The file is not good.").And.Contain("40 of its 50 lines"));
        Assert.That(stopped.InnerException, Is.InstanceOf<BatchApiException>());
        Assert.That(shard.Problem, Does.Contain("The file is not good."));
        Assert.That(run.Outcomes[BatchOutcomeKind.Succeeded], Is.EqualTo(40));

        BatchRunSummary summary = await live.Runs.ResumeAsync(LiveRuns.Name);

        Assert.That(summary.Status, Is.EqualTo(BatchRunStatus.Ended));
        await live.ExpectAllPaidOnceAsync(50);
    }

    [TestCase(400)]
    [TestCase(413)]
    [TestCase(422)]
    public async Task RunAsync_OneUploadIsRefused_OnlyThatShardStops(int status)
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.OnUploadFile.Answer(status, BadFile);

        await Assert.ThrowsAsync<BatchRunException>(() => live.Runs.RunAsync(LiveRuns.Request(50, 10)));

        Assert.That((await live.Runs.FindAsync(LiveRuns.Name))!.Outcomes[BatchOutcomeKind.Succeeded], Is.EqualTo(40));
        await live.Runs.ResumeAsync(LiveRuns.Name);
        await live.ExpectAllPaidOnceAsync(50);
    }

    [Test]
    public async Task RunAsync_SendingIsForbidden_ResultsAreFetchedAndCleanedAllTheSame()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        BatchRunRequest request = LiveRuns.Request(60, 10);
        request.MaxBatchesInFlight = 2;
        live.Emulator.OnCreateBatch.When(_ => live.Emulator.Ledger.BatchesCreated.Count >= 2).Answer(403, NotYours, times: 100);
        ProgressLog log = new();

        BatchRunException? stopped = await Assert.ThrowsAsync<BatchRunException>(() => live.Runs.RunAsync(request, log));

        BatchRunInfo run = (await live.Runs.FindAsync(LiveRuns.Name))!;
        Assert.Multiple(() =>
        {
            Assert.That(stopped!.Message, Does.Contain("20 of its 60 lines").And.Contain("more shards were not sent"));
            Assert.That(run.Shards.Count(shard => shard.Status == BatchShardStatus.Cleaned), Is.EqualTo(2));
            Assert.That(live.Emulator.Ledger.Count("CreateBatch"), Is.LessThanOrEqualTo(6), "two, and at most one for each worker");
            Assert.That(log.Notices, Has.Some.Contains("Nothing more is sent"));
        });
    }

    [Test]
    public async Task ResumeAsync_StillForbidden_FetchesWhatIsReady()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.Script = new EmulatorScript { RunningFor = TimeSpan.FromHours(1) };
        IBatchRuns first = await live.RestartAsync(options => options.Probe = new CrashAt(RunStep.Created, after: true, times: 2));
        await Assert.ThrowsAsync<CrashException>(() => first.RunAsync(LiveRuns.Request(50, 10)));
        int made = live.Emulator.Ledger.BatchesCreated.Count;
        live.Emulator.OnUploadFile.Always.Answer(403, NotYours, times: 1000);
        live.Emulator.OnCreateBatch.Always.Answer(403, NotYours, times: 1000);

        IBatchRuns second = await live.RestartAsync();
        await Assert.ThrowsAsync<BatchRunException>(() => second.ResumeAsync(LiveRuns.Name));

        Assert.That((await second.FindAsync(LiveRuns.Name))!.Outcomes[BatchOutcomeKind.Succeeded], Is.EqualTo(made * 10));
    }

    [Test]
    public async Task RunAsync_EveryFileIsRefused_StopsAfterAFew()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.OnCreateBatch.Always.Answer(400, BadFile);

        await Assert.ThrowsAsync<BatchRunException>(() => live.Runs.RunAsync(LiveRuns.Request(200, 10)));

        Assert.That(live.Emulator.Ledger.Count("UploadFile"), Is.LessThanOrEqualTo(8));
    }

    [Test]
    public async Task ResumeAsync_TheFirstFilesAreRefusedEachTime_TheOthersAreSentAllTheSame()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        IBatchRuns runs = await live.RestartAsync(options => options.Workers = 1);
        live.Emulator.OnCreateBatch.Answer(400, BadFile, times: 6);

        await Assert.ThrowsAsync<BatchRunException>(() => runs.RunAsync(LiveRuns.Request(60, 10)));
        await Assert.ThrowsAsync<BatchRunException>(() => runs.ResumeAsync(LiveRuns.Name));

        Assert.That((await runs.FindAsync(LiveRuns.Name))!.Outcomes[BatchOutcomeKind.Succeeded], Is.EqualTo(30));
    }

    [Test]
    public async Task RunAsync_StoppedShardHeldTheOnlyPlace_TheOthersGoOn()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        BatchRunRequest request = LiveRuns.Request(40, 10);
        request.MaxBatchesInFlight = 1;
        live.Emulator.OnCreateBatch.Answer(400, BadFile);

        await Assert.ThrowsAsync<BatchRunException>(() => live.Runs.RunAsync(request));

        Assert.That((await live.Runs.FindAsync(LiveRuns.Name))!.Outcomes[BatchOutcomeKind.Succeeded], Is.EqualTo(30));
    }

    [Test]
    public async Task ResumeAsync_ShardHasThePlaceAndWasNotSent_IsSentBeforeThoseThatHaveNone()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        BatchRunRequest request = LiveRuns.Request(20, 10);
        request.MaxBatchesInFlight = 1;
        live.Emulator.OnUploadFile.Answer(400, BadFile);
        CrashAt crash = new(RunStep.Uploading, after: false, times: 2);
        IBatchRuns first = await live.RestartAsync(options => (options.Workers, options.Probe) = (1, crash));
        await Assert.ThrowsAsync<CrashException>(() => first.RunAsync(request));
        Assert.That((await live.ShardAsync(1)).Status, Is.EqualTo(BatchShardStatus.Uploading), "it has stopped, and waits for a place");
        Assert.That((await live.ShardAsync(2)).Status, Is.EqualTo(BatchShardStatus.Planned), "it has the place");

        IBatchRuns second = await live.RestartAsync(options => options.Workers = 1);
        using CancellationTokenSource stuck = new(TimeSpan.FromSeconds(30));
        await second.ResumeAsync(LiveRuns.Name, cancellationToken: stuck.Token);

        await live.ExpectAllPaidOnceAsync(20);
    }

    [Test]
    public async Task RunAsync_BatchIsDeletedInTheConsole_TheOthersAreSeenToTheirEnd()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        BatchRunRequest request = LiveRuns.Request(30, 10);
        request.MaxBatchesInFlight = 1;
        string? gone = null;
        live.Emulator.OnGetBatch.When(one => one.Target.EndsWith(gone ??= one.Target.Split('/')[^1], StringComparison.Ordinal))
            .Answer(404, """{"error":{"message":"No such batch.","code":"not_found"}}""", times: 1000);

        BatchRunException? stopped = await Assert.ThrowsAsync<BatchRunException>(() => live.Runs.RunAsync(request));

        BatchShardInfo shard = (await live.Runs.FindAsync(LiveRuns.Name))!.Shards.Single(one => one.Status == BatchShardStatus.Created);
        Assert.That(stopped!.Message, Does.Contain("20 of its 30 lines"));
        Assert.That(shard.Problem, Does.Contain("No such batch."));
        await live.Runs.AbandonAsync(LiveRuns.Name, shard.Number);
        Assert.That((await live.Runs.ResumeAsync(LiveRuns.Name)).Status, Is.EqualTo(BatchRunStatus.Ended));
    }

    [Test]
    public async Task RunAsync_KeyMayReadAndNotWrite_EndsAfterAWhile()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.Script = new EmulatorScript { RunningFor = TimeSpan.FromHours(3) };
        live.Emulator.OnCreateBatch.When(_ => live.Emulator.Ledger.BatchesCreated.Count >= 1).Answer(401, "", times: 10_000);

        await Assert.ThrowsAsync<BatchRunException>(() => live.Runs.RunAsync(LiveRuns.Request(30, 10)));

        Assert.That((await live.Runs.FindAsync(LiveRuns.Name))!.Outcomes[BatchOutcomeKind.Succeeded], Is.EqualTo(10));
        Assert.That(live.Emulator.Ledger.Count("CreateBatch"), Is.LessThan(60));
    }

    [Test]
    public async Task RunAsync_RetryOfALineWhileAnotherShardIsStopped_IsSent()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.OnCreateBatch.Answer(400, BadFile);
        live.Emulator.Script = new EmulatorScript().Lines(
            request => request.Attempt == 1 && request.CustomId.EndsWith('7'), EmulatedResponse.Error(429, "rate_limit_exceeded", "Too fast."));

        await Assert.ThrowsAsync<BatchRunException>(() => live.Runs.RunAsync(LiveRuns.Request(30, 10)));

        Assert.That((await live.Runs.FindAsync(LiveRuns.Name))!.Outcomes[BatchOutcomeKind.Succeeded], Is.EqualTo(20));
    }

    [Test]
    public async Task CancelAsync_ShardThatWasRefused_IsGivenUp()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.OnCreateBatch.Answer(403, NotYours);
        await Assert.ThrowsAsync<BatchRunException>(() => live.Runs.RunAsync(LiveRuns.Request(10, 10)));

        BatchRunSummary summary = await live.Runs.CancelAsync(LiveRuns.Name);

        Assert.That((summary.Status, summary.Outcomes[BatchOutcomeKind.Cancelled]), Is.EqualTo((BatchRunStatus.Ended, 10)));
    }

    [Test]
    public async Task RunAsync_DeadlineWhileNothingCanBeSent_GivesUpWhatWasNotAndEnds()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        // One after the other: two creates at once would both be the first.
        IBatchRuns runs = await live.RestartAsync(options => options.Workers = 1);
        live.Emulator.Script = new EmulatorScript { RunningFor = TimeSpan.FromHours(10) };
        live.Emulator.OnCreateBatch.When(_ => live.Emulator.Ledger.BatchesCreated.Count > 0).Answer(403, NotYours, times: 100);
        BatchRunRequest request = LiveRuns.Request(30, 10);
        request.Deadline = TimeSpan.FromHours(5);

        BatchRunSummary summary = await runs.RunAsync(request);

        Assert.That((summary.Status, summary.Batches), Is.EqualTo((BatchRunStatus.Ended, 1)));
        Assert.That(summary.Succeeded + summary.Outcomes[BatchOutcomeKind.Cancelled], Is.EqualTo(30));
    }

    [Test]
    public async Task AbandonAsync_ShardThatCannotBeSent_GivesItsLinesAnOutcome()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.OnCreateBatch.Answer(400, BadFile);
        await Assert.ThrowsAsync<BatchRunException>(() => live.Runs.RunAsync(LiveRuns.Request(20, 10)));
        BatchShardInfo shard = (await live.Runs.FindAsync(LiveRuns.Name))!.Shards.Single(one => one.Status == BatchShardStatus.Uploaded);

        await live.Runs.AbandonAsync(LiveRuns.Name, shard.Number);
        BatchRunSummary end = await live.Runs.ResumeAsync(LiveRuns.Name);

        Assert.That((end.Status, end.Outcomes[BatchOutcomeKind.Missing]), Is.EqualTo((BatchRunStatus.Ended, 10)));
        Assert.That(live.Emulator.Ledger.FilesHeld, Has.None.EqualTo(shard.InputFileId));
    }
}
