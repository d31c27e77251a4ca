using System.Net;
using BatchGateway.Emulator;
using BatchGateway.Runs.Internal;
using BatchGateway.Runs.Tests.Support;

namespace BatchGateway.Runs.Tests.Runs;

/// <summary>Creates whose answer is lost: found again, proved not to be there, or left to a person.</summary>
public sealed class LostCreateTests
{
    [TestCase(0)]
    [TestCase(30)]
    [TestCase(300)]
    public async Task RunAsync_AnswerLost_IsFoundInTheList(int listDelaySeconds)
    {
        await using LiveRuns live = await LiveRuns.StartAsync(configure: options => options.ListDelay = TimeSpan.FromSeconds(listDelaySeconds));
        live.Emulator.OnCreateBatch.LoseAnswer(times: 2);
        live.Emulator.OnCreateBatch.AnswerAfterWork(502, "<html>", "text/html");

        BatchRunSummary summary = await live.Runs.RunAsync(LiveRuns.Request(30, 10));

        Assert.That(summary.Status, Is.EqualTo(BatchRunStatus.Ended));
        Assert.That(live.Emulator.Ledger.BatchesCreated, Has.Count.EqualTo(3));
        await live.ExpectAllPaidOnceAsync(30);
    }

    [Test]
    public async Task RunAsync_AnswerLostAndNothingCreated_SendsAgainOnlyAfterTheProof()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.OnCreateBatch.Every(2).Answer(502, times: 1);
        BatchRunRequest request = LiveRuns.Request(20, 10);

        BatchRunSummary summary = await live.Runs.RunAsync(request);

        Assert.That(summary.Status, Is.EqualTo(BatchRunStatus.Ended));
        DateTimeOffset[] creates = [.. live.Emulator.Ledger.Requests.Where(one => one.Route == "CreateBatch").Select(one => one.Time)];
        Assert.That(creates, Has.Length.EqualTo(3));
        Assert.That(creates[2] - creates[1], Is.GreaterThanOrEqualTo(TimeSpan.FromMinutes(10)));
        await live.ExpectAllPaidOnceAsync(20);
    }

    [Test]
    public async Task RunAsync_NothingKnownInTheList_IsAmbiguousAfterAnHour()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.OnCreateBatch.Answer(502);
        DateTimeOffset start = live.Emulator.Clock.GetUtcNow();

        BatchRunSummary summary = await live.Runs.RunAsync(LiveRuns.Request(10, 10));

        Assert.That((summary.Status, summary.Unsettled.Count), Is.EqualTo((BatchRunStatus.Running, 1)));
        Assert.That(live.Emulator.Clock.GetUtcNow() - start, Is.InRange(TimeSpan.FromHours(1), TimeSpan.FromHours(1.5)));
        Assert.That(live.Emulator.Ledger.Count("CreateBatch"), Is.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_StoreFailsAfterTheCreate_FindsTheBatchAndPaysOnce()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        IBatchRuns first = await live.RestartAsync(options => options.Probe = new ActAt(
            RunStep.Created, () => throw new RunStoreException("The disk is full.")));

        await Assert.ThrowsAsync<RunStoreException>(() => first.RunAsync(LiveRuns.Request(10, 10)));
        await (await live.RestartAsync()).ResumeAsync(LiveRuns.Name);

        Assert.That(live.Emulator.Ledger.BatchesCreated, Has.Count.EqualTo(1));
        await live.ExpectAllPaidOnceAsync(10);
    }

    [Test]
    public async Task RunAsync_ListShowsABatchThatNamesNothing_ProvesNothingBesideIt()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.OnCreateBatch.Every(2).Answer(502, times: 1);
        IBatchRuns runs = await live.RestartAsync(options => options.Probe = new ActAt(RunStep.Reconcile, () =>
            live.Emulator.OnListBatches.Answer(200, $$"""
                {"object":"list","has_more":false,"data":[{"id":"batch_nameless","object":"batch","status":"in_progress"},
                {"id":"{{live.Emulator.Ledger.BatchesCreated[0]}}","object":"batch","status":"in_progress"}]}
                """, times: 1000)));

        BatchRunSummary summary = await runs.RunAsync(LiveRuns.Request(20, 10));

        Assert.That(live.Emulator.Ledger.Count("CreateBatch"), Is.EqualTo(2));
        Assert.That(summary.Unsettled.Single().Problem, Does.Contain("batch_nameless"));
    }

    [Test]
    public async Task RunAsync_ListRefusedForAWhile_IsLookedAtAgain()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.OnCreateBatch.LoseAnswer();
        live.Emulator.OnListBatches.Answer(403, """{"error":{"message":"Not yours.","code":"forbidden"}}""", times: 4);

        BatchRunSummary summary = await live.Runs.RunAsync(LiveRuns.Request(10, 10));

        Assert.That(summary.Unsettled, Is.Empty);
        await live.ExpectAllPaidOnceAsync(10);
    }

    [Test]
    public async Task AttachAsync_AmbiguousShard_GoesOnWithTheBatch()
    {
        await using LiveRuns live = await LiveRuns.StartAsync(EmulatorPersonality.Documented);
        live.Emulator.OnCreateBatch.LoseAnswer();
        BatchRunSummary stopped = await live.Runs.RunAsync(LiveRuns.Request(30, 10));
        BatchShardInfo shard = stopped.Unsettled.Single();
        Assert.That((stopped.Status, stopped.Succeeded, shard.Status), Is.EqualTo((BatchRunStatus.Running, 20, BatchShardStatus.Ambiguous)), "only itself stops");
        Assert.That(shard.Problem, Does.Contain("AttachAsync").And.Contain(shard.InputFileId));

        await live.Runs.AttachAsync(LiveRuns.Name, shard.Number, live.Emulator.Ledger.BatchesCreatedFor(shard.InputFileId!).Single());
        BatchRunSummary end = await live.Runs.ResumeAsync(LiveRuns.Name);

        Assert.That((end.Status, end.Unsettled.Count), Is.EqualTo((BatchRunStatus.Ended, 0)));
        await live.ExpectAllPaidOnceAsync(30);
    }

    [Test]
    public async Task AttachAsync_BatchOfAnotherFile_IsRefused()
    {
        await using LiveRuns live = await LiveRuns.StartAsync(EmulatorPersonality.Documented);
        live.Emulator.OnCreateBatch.LoseAnswer();
        BatchShardInfo shard = (await live.Runs.RunAsync(LiveRuns.Request(30, 10))).Unsettled.Single();
        string other = live.Emulator.Ledger.BatchesCreated.First(id => !live.Emulator.Ledger.BatchesCreatedFor(shard.InputFileId!).Contains(id));

        await Assert.ThrowsAsync<BatchRunException>(() => live.Runs.AttachAsync(LiveRuns.Name, shard.Number, other));
        await Assert.ThrowsAsync<BatchRunException>(() => live.Runs.AttachAsync(LiveRuns.Name, 99, other));

        Assert.That((await live.Runs.FindAsync(LiveRuns.Name))!.Shards[shard.Number - 1].Status, Is.EqualTo(BatchShardStatus.Ambiguous));
    }

    [Test]
    public async Task AbandonAsync_AmbiguousShard_GivesItsLinesAnOutcome()
    {
        await using LiveRuns live = await LiveRuns.StartAsync(EmulatorPersonality.Documented);
        live.Emulator.OnCreateBatch.Answer(502);
        BatchShardInfo shard = (await live.Runs.RunAsync(LiveRuns.Request(30, 10))).Unsettled.Single();

        await live.Runs.AbandonAsync(LiveRuns.Name, shard.Number);
        BatchRunSummary end = await live.Runs.ResumeAsync(LiveRuns.Name);

        Assert.That((end.Status, end.Succeeded, end.Outcomes[BatchOutcomeKind.Missing]), Is.EqualTo((BatchRunStatus.Ended, 20, 10)));
        Assert.That((await live.ResultsAsync()).Where(line => line.Kind == BatchOutcomeKind.Missing).Select(line => line.Error!.Message), Has.All.Contains("abandoned"));
        await Assert.ThrowsAsync<BatchRunException>(() => live.Runs.AbandonAsync(LiveRuns.Name, shard.Number));
    }

    [Test]
    public async Task RunAsync_CreateRefused_StopsWithTheRefusalAndCanBeResumed()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.OnCreateBatch.Answer(403, """{"error":{"message":"Not yours.","code":"forbidden"}}""");

        BatchRunException? stopped = await Assert.ThrowsAsync<BatchRunException>(() => live.Runs.RunAsync(LiveRuns.Request(20, 10)));
        BatchRunSummary summary = await live.Runs.ResumeAsync(LiveRuns.Name);

        Assert.That(stopped!.InnerException, Is.InstanceOf<BatchApiException>().And.Property(nameof(BatchApiException.StatusCode)).EqualTo(HttpStatusCode.Forbidden));
        Assert.That(summary.Status, Is.EqualTo(BatchRunStatus.Ended));
        await live.ExpectAllPaidOnceAsync(20);
    }

    [Test]
    public async Task RunAsync_RateLimited_WaitsAsLongAsItIsAsked()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.OnCreateBatch.Answer(429, """{"error":{"message":"Slow down.","code":"rate_limit_exceeded"}}""", retryAfter: TimeSpan.FromMinutes(20));

        await live.Runs.RunAsync(LiveRuns.Request(10, 10));

        DateTimeOffset[] creates = [.. live.Emulator.Ledger.Requests.Where(one => one.Route == "CreateBatch").Select(one => one.Time)];
        Assert.That(creates[1] - creates[0], Is.GreaterThanOrEqualTo(TimeSpan.FromMinutes(20)));
        await live.ExpectAllPaidOnceAsync(10);
    }

    [Test]
    public async Task RunAsync_UploadCutOff_LeavesNoOrphan()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.OnUploadFile.LoseAnswer(times: 5);
        BatchRunRequest request = LiveRuns.Request(10, 10);
        request.Cleanup = BatchRunCleanup.All;

        await live.Runs.RunAsync(request);

        Assert.That(live.Emulator.Ledger.FilesHeld, Is.Empty);
        await live.ExpectAllPaidOnceAsync(10);
    }
}
