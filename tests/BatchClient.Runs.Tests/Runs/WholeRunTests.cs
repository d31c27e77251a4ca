using System.Text.Json;
using BatchGateway.Emulator;
using BatchGateway.Runs.Internal;
using BatchGateway.Runs.Tests.Support;

namespace BatchGateway.Runs.Tests.Runs;

public sealed class WholeRunTests
{
    [TestCase(EmulatorPersonality.OpenAI)]
    [TestCase(EmulatorPersonality.Documented)]
    public async Task RunAsync_SeveralBatches_GivesEveryLineItsAnswer(EmulatorPersonality personality)
    {
        await using LiveRuns live = await LiveRuns.StartAsync(personality);

        BatchRunSummary summary = await live.Runs.RunAsync(LiveRuns.Request(25, 10));

        Assert.Multiple(() =>
        {
            Assert.That(summary.Status, Is.EqualTo(BatchRunStatus.Ended));
            Assert.That(summary.Succeeded, Is.EqualTo(25));
            Assert.That(summary.AllSucceeded, Is.True);
            Assert.That(summary.Batches, Is.EqualTo(3));
            Assert.That(summary.Attempts, Is.EqualTo(1));
            Assert.That(summary.InputTokens, Is.Positive);
            Assert.That(live.Emulator.Ledger.BatchesCreated, Has.Count.EqualTo(3));
        });
        await live.ExpectAllPaidOnceAsync(25);
    }

    [Test]
    public async Task RunAsync_SameInputAgain_PaysNothing()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        await live.Runs.RunAsync(LiveRuns.Request(25, 10));
        IBatchRuns later = await live.RestartAsync();

        BatchRunSummary summary = await later.RunAsync(LiveRuns.Request(25, 10));

        Assert.That(summary.Succeeded, Is.EqualTo(25));
        await live.ExpectAllPaidOnceAsync(25);
    }

    [Test]
    public async Task RunAsync_OtherInput_IsATypedConflict()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        await live.Runs.RunAsync(LiveRuns.Request(25, 10));

        BatchRunConflictException? conflict = await Assert.ThrowsAsync<BatchRunConflictException>(() => live.Runs.RunAsync(LiveRuns.Request(24, 10)));

        Assert.That((conflict!.RunName, conflict.ExistingLines, conflict.GivenLines, conflict.FirstDifference), Is.EqualTo((LiveRuns.Name, 25, 24, 25)));
    }

    [Test]
    public async Task RunAsync_OneLineIsAnother_SaysWhich()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        await live.Runs.RunAsync(LiveRuns.Request(25, 10));
        BatchRequestLine[] lines = [.. LiveRuns.Lines(25)];
        lines[16] = BatchRequestLine.Chat("line-17", "gpt-4o-mini", user: "Another question");

        BatchRunConflictException? conflict = await Assert.ThrowsAsync<BatchRunConflictException>(
            () => live.Runs.RunAsync(new BatchRunRequest(LiveRuns.Name, lines)));

        Assert.That(conflict!.Message, Does.Contain("line 17 is the first that differs"));
        Assert.That(conflict.FirstDifference, Is.EqualTo(17));
    }

    [Test]
    public async Task RunAsync_OtherSettingsUnderTheSameName_AreSaidAndDoNotCount()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        BatchRunSummary first = await live.Runs.RunAsync(LiveRuns.Request(25, 10));
        BatchRunRequest request = LiveRuns.Request(25, 5);
        request.MaxAttempts = 7;
        request.Deadline = TimeSpan.FromHours(5);

        BatchRunSummary again = await live.Runs.RunAsync(request);

        Assert.That(first.Notices, Is.Empty);
        Assert.That(again.Notices.Single(), Does.Contain("Deadline, Limits, MaxAttempts").And.Contain("first call"));
        Assert.That((again.Batches, again.Succeeded), Is.EqualTo((3, 25)));
    }

    [Test]
    public async Task RunAsync_BadLine_SendsNothingAndLeavesNoRun()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        BatchRunRequest request = new(LiveRuns.Name, LiveRuns.Lines(5).Append(LiveRuns.Lines(1).First()));

        await Assert.ThrowsAsync<BatchInputException>(() => live.Runs.RunAsync(request));

        Assert.That(await live.Runs.ListAsync(), Is.Empty);
        Assert.That(live.Emulator.Ledger.Requests, Is.Empty);
    }

    [Test]
    public async Task RunAsync_RunsAtOnceOfOneName_AreOneRun()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();

        BatchRunSummary[] both = await Task.WhenAll(live.Runs.RunAsync(LiveRuns.Request(25, 10)), live.Runs.RunAsync(LiveRuns.Request(25, 10)));

        Assert.That(both.Select(summary => summary.Succeeded), Is.EqualTo(new[] { 25, 25 }));
        await live.ExpectAllPaidOnceAsync(25);
    }

    [Test]
    public async Task RunAsync_TwoRunsInOneFolder_KeepApart()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();

        await Task.WhenAll(
            live.Runs.RunAsync(LiveRuns.Request(25, 10)),
            live.Runs.RunAsync(new BatchRunRequest("other", [BatchRequestLine.Chat("one", "gpt-4o-mini", user: "Hello")])));

        Assert.That((await live.ResultsAsync()).Count, Is.EqualTo(25));
        Assert.That((await live.Runs.ListAsync()).Select(run => run.Name), Is.EquivalentTo(new[] { LiveRuns.Name, "other" }));
    }

    [Test]
    public async Task RunAsync_MaxBatchesInFlight_AreNeverMore()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        BatchRunRequest request = LiveRuns.Request(60, 10);
        request.MaxBatchesInFlight = 2;
        int most = 0;

        await live.Runs.RunAsync(request, new ProgressLog(progress => most = Math.Max(most, progress.Shards.GetValueOrDefault(BatchShardStatus.Created))));

        Assert.That(most, Is.LessThanOrEqualTo(2));
        await live.ExpectAllPaidOnceAsync(60);
        TimeSpan[] creates = [.. live.Emulator.Ledger.Requests.Where(request => request.Route == "CreateBatch").Select(request => request.Time - live.Emulator.Ledger.Requests[0].Time)];
        Assert.That(creates[^1] - creates[0], Is.GreaterThan(TimeSpan.FromMinutes(4)), "three rounds of two minutes");
    }

    [Test]
    public async Task RunAsync_MaxEnqueuedTokens_LetsOneBatchGoAtATime()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        BatchRunRequest request = LiveRuns.Request(30, 10);
        request.MaxEnqueuedTokens = 1;

        await live.Runs.RunAsync(request);

        DateTimeOffset[] creates = [.. live.Emulator.Ledger.Requests.Where(request => request.Route == "CreateBatch").Select(request => request.Time)];
        Assert.That(creates.Zip(creates.Skip(1), (one, next) => next - one), Has.All.GreaterThan(TimeSpan.FromMinutes(2)));
    }

    [Test]
    public async Task RunAsync_Progress_TellsLinesBatchesAndTheEnd()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        BatchRunRequest request = LiveRuns.Request(30, 10);
        request.Price = new TokenPrice(1, 2);
        ProgressLog log = new();

        BatchRunSummary summary = await live.Runs.RunAsync(request, log);

        IReadOnlyList<BatchRunProgress> reports = log.Reports;
        Assert.Multiple(() =>
        {
            Assert.That(reports[^1].Status, Is.EqualTo(BatchRunStatus.Ended));
            Assert.That(reports[^1].Outcomes[BatchOutcomeKind.Succeeded], Is.EqualTo(30));
            Assert.That(reports[^1].BytesUploaded, Is.Positive);
            Assert.That(reports[^1].BytesDownloaded, Is.Positive);
            Assert.That(reports.Any(report => report.Batches.GetValueOrDefault(BatchStatus.InProgress) > 0), Is.True);
            Assert.That(reports.Any(report => report.EstimatedEnd is not null), Is.True);
            Assert.That(summary.Cost, Is.EqualTo((summary.InputTokens + (2 * summary.OutputTokens)) / 1_000_000m));
        });
    }

    [Test]
    public async Task RunAsync_PricesByModel_CountWhatEachLineWasAnsweredBy()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.Script = new EmulatorScript()
            .Lines(line => line.CustomId == "line-3", _ => EmulatedResponse.Chat("three", "gpt-4o-2024-11-20"))
            .Lines(line => line.CustomId == "line-4", _ => EmulatedResponse.Chat("four", "another"));
        BatchRunRequest request = LiveRuns.Request(30, 10);
        request.Prices = new Dictionary<string, TokenPrice> { ["gpt-4o-mini"] = new(0, 1), ["gpt-4o"] = new(0, 1_000) };
        ProgressLog log = new();
        await live.Runs.RunAsync(request, log);

        BatchRunSummary summary = await (await live.RestartAsync()).ResumeAsync(LiveRuns.Name);

        decimal least = 1_000 / 1_000_000m;
        Assert.That(summary.Cost, Is.GreaterThan(least).And.EqualTo(log.Reports[^1].Cost));
        Assert.That((summary.UnpricedLines, log.Reports[^1].UnpricedLines), Is.EqualTo((1, 1)));
        Assert.That(summary.Notices.Single(), Does.Contain("1 lines").And.Contain("no price"));
    }

    [Test]
    public async Task RunAsync_PriceWithoutAModel_IsRefused()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        BatchRunRequest request = LiveRuns.Request(10, 10);
        request.Prices = new Dictionary<string, TokenPrice> { [""] = new(0, 1) };

        ArgumentException? refused = await Assert.ThrowsAsync<ArgumentException>(() => live.Runs.RunAsync(request));

        Assert.That(refused!.Message, Does.Contain("Prices"));
    }

    [Test]
    public async Task WriteResultsAsync_ShardIsUnsettled_SaysHowManyLinesAreOpen()
    {
        await using LiveRuns live = await LiveRuns.StartAsync(EmulatorPersonality.Documented);
        live.Emulator.OnCreateBatch.LoseAnswer();
        BatchRunSummary summary = await live.Runs.RunAsync(LiveRuns.Request(30, 10));

        BatchRunException? refused = await Assert.ThrowsAsync<BatchRunException>(
            () => live.Runs.WriteResultsAsync(LiveRuns.Name, live.Folder["results.jsonl"]));
        await live.Runs.AbandonAsync(LiveRuns.Name, summary.Unsettled.Single().Number);
        await live.Runs.WriteResultsAsync(LiveRuns.Name, live.Folder["results.jsonl"]);

        Assert.That(refused!.Message, Does.Contain("10 of the 30 lines").And.Contain("AbandonAsync"));
        Assert.That(await File.ReadAllLinesAsync(live.Folder["results.jsonl"]), Has.Length.EqualTo(30), "nothing is open any more");
    }

    [Test]
    public async Task RunAsync_Cleanup_DeletesInputAfterTheResultsAreHere()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        BatchRunRequest request = LiveRuns.Request(20, 10);
        request.Cleanup = BatchRunCleanup.All;

        await live.Runs.RunAsync(request);

        Assert.That(live.Emulator.Ledger.FilesHeld, Is.Empty);
        Assert.That((await live.Runs.FindAsync(LiveRuns.Name))!.Shards.Select(shard => shard.Status), Has.All.EqualTo(BatchShardStatus.Cleaned));
        Assert.That(await live.ResultsAsync(), Has.Count.EqualTo(20));
    }

    [Test]
    public async Task RunAsync_LinesWorthAnotherTry_AreSentAlone()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.Script = new EmulatorScript().Lines(
            request => request is { CustomId: "line-3" or "line-17", Attempt: < 3 }, EmulatedResponse.Error(429, "rate_limit_exceeded", "Too fast."));

        BatchRunSummary summary = await live.Runs.RunAsync(LiveRuns.Request(20, 10));

        Assert.That((summary.Succeeded, summary.Attempts, summary.Batches), Is.EqualTo((20, 3, 6)));
        await live.ExpectAllPaidOnceAsync(20);
    }

    [Test]
    public async Task RunAsync_LineThatAlwaysFails_StopsAtTheLimit()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.Script = new EmulatorScript().Lines(request => request.CustomId == "line-3", EmulatedResponse.Error(500, "server_error", "Sorry."));

        BatchRunSummary summary = await live.Runs.RunAsync(LiveRuns.Request(10, 10));

        Assert.That((summary.Succeeded, summary.Outcomes[BatchOutcomeKind.Failed], summary.Attempts), Is.EqualTo((9, 1, 3)));
    }

    [Test]
    public async Task WriteResultsAsync_Ended_IsOneJsonLineForEachLine()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        await live.Runs.RunAsync(LiveRuns.Request(25, 10));

        await live.Runs.WriteResultsAsync(LiveRuns.Name, live.Folder["results.jsonl"]);

        string[] lines = await File.ReadAllLinesAsync(live.Folder["results.jsonl"]);
        using JsonDocument first = JsonDocument.Parse(lines[0]);
        Assert.That(lines, Has.Length.EqualTo(25));
        Assert.That(first.RootElement.GetProperty("custom_id").GetString(), Is.EqualTo("line-1"));
        Assert.That(first.RootElement.GetProperty("outcome").GetString(), Is.EqualTo("succeeded"));
    }

    [Test]
    public async Task ReadArrivingResultsAsync_WhileItRuns_GivesEachLineOnce()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.Script = new EmulatorScript().Lines(request => request is { CustomId: "line-3", Attempt: 1 }, EmulatedResponse.Error(429, "rate_limit_exceeded", "Too fast."));
        Task<BatchRunSummary> running = live.Runs.RunAsync(LiveRuns.Request(25, 10));
        while (await live.Runs.FindAsync(LiveRuns.Name) is null or { Status: BatchRunStatus.Spooling })
            await Task.Yield();

        List<BatchResultLine> arrived = [];
        await foreach (BatchResultLine line in live.Runs.ReadArrivingResultsAsync(LiveRuns.Name))
            arrived.Add(line);

        await running;
        Assert.That(arrived.Select(line => line.CustomId), Is.EquivalentTo(LiveRuns.Lines(25).Select(line => line.CustomId)));
        Assert.That(arrived.Select(line => line.Kind), Has.All.EqualTo(BatchOutcomeKind.Succeeded));
    }

    [Test]
    public async Task ReadArrivingResultsAsync_BesideAStepThatLasts_DoesNotMoveTheClock()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        using ManualResetEventSlim goOn = new();
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await live.RestartAsync(options => options.Probe = new ActAt(RunStep.Intent, () =>
        {
            reached.SetResult();
            goOn.Wait();
        }));
        Task<BatchRunSummary> running = live.Runs.RunAsync(LiveRuns.Request(25, 10));
        await reached.Task;

        DateTimeOffset before = live.Emulator.Clock.GetUtcNow();
        Task<List<BatchResultLine>> arriving = live.Runs.ReadArrivingResultsAsync(LiveRuns.Name).ToListAsync();
        for (int look = 0; look < 200; look++)
            await live.Runs.FindAsync(LiveRuns.Name);
        TimeSpan passed = live.Emulator.Clock.GetUtcNow() - before;
        goOn.Set();

        Assert.That((await running).AllSucceeded, Is.True);
        Assert.That(await arriving, Has.Count.EqualTo(25));
        Assert.That(passed, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public async Task ReadArrivingResultsAsync_BesideARunThatIsLeft_GoesOnWithTheNextLife()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        using CancellationTokenSource left = new();
        ProgressLog log = new(report =>
        {
            if (report.Shards.ContainsKey(BatchShardStatus.Created))
                left.Cancel();
        });
        Task<BatchRunSummary> running = live.Runs.RunAsync(LiveRuns.Request(25, 10), log, left.Token);
        while (await live.Runs.FindAsync(LiveRuns.Name) is null or { Status: BatchRunStatus.Spooling })
            await Task.Yield();
        Task<List<BatchResultLine>> arriving = live.Runs.ReadArrivingResultsAsync(LiveRuns.Name).ToListAsync();
        Assert.That(async () => await running, Throws.InstanceOf<OperationCanceledException>());

        await live.Runs.ResumeAsync(LiveRuns.Name);

        Assert.That(await arriving, Has.Count.EqualTo(25));
    }

    [Test]
    public async Task DeleteAsync_EndedRun_LeavesNothing()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        await live.Runs.RunAsync(LiveRuns.Request(25, 10));

        bool wasThere = await live.Runs.DeleteAsync(LiveRuns.Name);

        Assert.That(wasThere, Is.True);
        Assert.That(await live.Runs.FindAsync(LiveRuns.Name), Is.Null);
        Assert.That(live.Folder.Files.Where(file => file.Contains("run", StringComparison.Ordinal) && file.EndsWith(".Blob", StringComparison.Ordinal)), Is.Empty);
        Assert.That(await live.Runs.DeleteAsync(LiveRuns.Name), Is.False);
    }
}
