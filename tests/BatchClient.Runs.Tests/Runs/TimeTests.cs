using System.Net;
using BatchGateway.Emulator;
using BatchGateway.Runs.Internal;
using BatchGateway.Runs.Tests.Support;

namespace BatchGateway.Runs.Tests.Runs;

/// <summary>What takes hours and days, on a clock that jumps through them.</summary>
public sealed class TimeTests
{
    private static readonly EmulatorScript ThreeDays = new() { RunningFor = TimeSpan.FromHours(72) };

    [TestCase(EmulatorPersonality.OpenAI)]
    [TestCase(EmulatorPersonality.Documented)]
    public async Task RunAsync_ExpiredWithAThirdDone_SendsTheRestAgainAndNoLineTwice(EmulatorPersonality personality)
    {
        await using LiveRuns live = await LiveRuns.StartAsync(personality);
        live.Emulator.ScriptNextBatch(ThreeDays);
        BatchRunRequest request = LiveRuns.Request(30, 30);

        BatchRunSummary summary = await live.Runs.RunAsync(request);

        Assert.That((summary.Succeeded, summary.Batches, summary.Attempts), Is.EqualTo((30, 2, 1)), "an expiry is no attempt");
        await live.ExpectAllPaidOnceAsync(30);
    }

    [Test]
    public async Task RunAsync_ExpiredADayLate_IsWaitedFor()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.ScriptNextBatch(ThreeDays with { ExpiresLateBy = TimeSpan.FromDays(1) });

        BatchRunSummary summary = await live.Runs.RunAsync(LiveRuns.Request(30, 30));

        Assert.That((summary.Succeeded, summary.Batches), Is.EqualTo((30, 2)));
        Assert.That(summary.EndedAt - summary.CreatedAt, Is.GreaterThan(TimeSpan.FromHours(48)));
        await live.ExpectAllPaidOnceAsync(30);
    }

    [Test]
    public async Task RunAsync_AlwaysExpires_StopsAtItsOwnLimit()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.Script = new EmulatorScript { RunningFor = TimeSpan.FromDays(2000) };
        BatchRunRequest request = LiveRuns.Request(10, 10);
        request.MaxExpiries = 2;

        BatchRunSummary summary = await live.Runs.RunAsync(request);

        Assert.That((summary.Outcomes[BatchOutcomeKind.Expired], summary.Batches, summary.Attempts), Is.EqualTo((10, 3, 1)));
    }

    [Test]
    public async Task CancelAsync_TakesFortySevenMinutes_IsWaitedForAndHarvested()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.Script = new EmulatorScript { RunningFor = TimeSpan.FromHours(10), CancellingFor = TimeSpan.FromMinutes(47) };
        BatchRunRequest request = LiveRuns.Request(40, 10);
        request.MaxBatchesInFlight = 2;
        TaskCompletionSource runs = new();
        Task<BatchRunSummary> running = live.Runs.RunAsync(request, new ProgressLog(report =>
        {
            if (report.Batches.GetValueOrDefault(BatchStatus.InProgress) == 2)
                runs.TrySetResult();
        }));
        await runs.Task;
        DateTimeOffset asked = live.Emulator.Clock.GetUtcNow();

        BatchRunSummary summary = await live.Runs.CancelAsync(LiveRuns.Name);

        Assert.Multiple(() =>
        {
            Assert.That(summary.Status, Is.EqualTo(BatchRunStatus.Ended));
            Assert.That(summary.EndedAt - asked, Is.GreaterThan(TimeSpan.FromMinutes(47)));
            Assert.That(summary.Batches, Is.EqualTo(2), "nothing new was sent");
            Assert.That(summary.Succeeded + summary.Outcomes[BatchOutcomeKind.Cancelled], Is.EqualTo(40));
            Assert.That(summary.Succeeded, Is.EqualTo(live.Emulator.Ledger.LinesBilled.Count));
        });
        Assert.That((await running).Status, Is.EqualTo(BatchRunStatus.Ended), "who waited for the run sees its end");
        Assert.That(await live.ResultsAsync(), Has.Count.EqualTo(40));
    }

    [Test]
    public async Task RunAsync_Deadline_CancelsHarvestsAndSendsNothingAgain()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.Script = new EmulatorScript { RunningFor = TimeSpan.FromHours(10) };
        BatchRunRequest request = LiveRuns.Request(40, 10);
        request.MaxBatchesInFlight = 2;
        request.Deadline = TimeSpan.FromHours(5);

        BatchRunSummary summary = await live.Runs.RunAsync(request);

        Assert.Multiple(() =>
        {
            Assert.That(summary.Status, Is.EqualTo(BatchRunStatus.Ended));
            Assert.That(summary.Batches, Is.EqualTo(2));
            Assert.That(summary.Succeeded, Is.InRange(6, 14), "half of the lines of two batches");
            Assert.That(summary.Succeeded, Is.EqualTo(live.Emulator.Ledger.LinesBilled.Count));
            Assert.That(summary.Succeeded + summary.Outcomes[BatchOutcomeKind.Cancelled], Is.EqualTo(40));
        });
    }

    [Test]
    public async Task CancelAsync_ShardIsAmbiguous_StaysCancellingUntilItIsSettled()
    {
        await using LiveRuns live = await LiveRuns.StartAsync(EmulatorPersonality.Documented);
        live.Emulator.OnCreateBatch.Answer(502);
        BatchShardInfo shard = (await live.Runs.RunAsync(LiveRuns.Request(10, 10))).Unsettled.Single();

        BatchRunSummary cancelled = await live.Runs.CancelAsync(LiveRuns.Name);
        BatchRunSummary resumed = await live.Runs.ResumeAsync(LiveRuns.Name);
        await live.Runs.AbandonAsync(LiveRuns.Name, shard.Number);
        BatchRunSummary end = await live.Runs.ResumeAsync(LiveRuns.Name);

        Assert.That((cancelled.Status, cancelled.Unsettled.Count, cancelled.EndedAt), Is.EqualTo((BatchRunStatus.Cancelling, 1, (DateTimeOffset?)null)));
        Assert.That(resumed.Status, Is.EqualTo(BatchRunStatus.Cancelling));
        Assert.That((end.Status, end.Unsettled.Count), Is.EqualTo((BatchRunStatus.Ended, 0)));
    }

    [Test]
    public async Task RunAsync_DeadlineBeforeTheNextAttempt_CountsOnlyWhatWasSent()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.Script = new EmulatorScript().Lines(_ => true, EmulatedResponse.Error(429, "rate_limit_exceeded", "Too fast."));
        live.Emulator.OnUploadFile.When(_ => live.Emulator.Ledger.BatchesCreated.Count > 0).Answer(503, times: 1000);
        BatchRunRequest request = LiveRuns.Request(10, 10);
        request.Deadline = TimeSpan.FromHours(1);

        BatchRunSummary summary = await live.Runs.RunAsync(request);

        Assert.That((summary.Status, summary.Batches, summary.Attempts), Is.EqualTo((BatchRunStatus.Ended, 1, 1)));
    }

    [Test]
    public async Task RunAsync_NewBatchIsNotFoundToBeCancelled_IsCancelledALittleLater()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.Script = new EmulatorScript { RunningFor = TimeSpan.FromHours(10) };
        live.Emulator.OnCancelBatch.Answer(404, """{"error":{"message":"No such batch.","code":"not_found"}}""");
        BatchRunRequest request = LiveRuns.Request(10, 10);
        request.Deadline = TimeSpan.FromMinutes(1);

        BatchRunSummary summary = await live.Runs.RunAsync(request);

        Assert.That(summary.EndedAt - summary.CreatedAt, Is.LessThan(TimeSpan.FromHours(3)));
        Assert.That(live.Emulator.Ledger.Count("CancelBatch"), Is.EqualTo(2));
    }

    [Test]
    public async Task RunAsync_RunsAreDisposedOf_IsCancelledAndSaysSo()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.Script = new EmulatorScript { RunningFor = TimeSpan.FromDays(2000) };
        TaskCompletionSource inFlight = new();
        Task running = live.Runs.RunAsync(LiveRuns.Request(10, 10), new ProgressLog(report =>
        {
            if (report.Shards.ContainsKey(BatchShardStatus.Created))
                inFlight.TrySetResult();
        }));
        await inFlight.Task;

        await live.RestartAsync();

        await Assert.CatchAsync<OperationCanceledException>(() => running);
    }

    [Test]
    public async Task RunAsync_DeadlineWithoutACancelCall_WaitsForTheBatches()
    {
        await using LiveRuns live = await LiveRuns.StartAsync(EmulatorPersonality.Documented);
        live.Emulator.Script = new EmulatorScript { RunningFor = TimeSpan.FromHours(10) };
        BatchRunRequest request = LiveRuns.Request(20, 10);
        request.MaxBatchesInFlight = 1;
        request.Deadline = TimeSpan.FromHours(5);

        BatchRunSummary summary = await live.Runs.RunAsync(request);

        Assert.That((summary.Succeeded, summary.Outcomes[BatchOutcomeKind.Cancelled], summary.Batches), Is.EqualTo((10, 10, 1)));
    }

    [Test]
    public async Task RunAsync_StatusGoesBackwards_IsToldAndNotJudged()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.Script = new EmulatorScript().Tells("validating", TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(90));
        ProgressLog log = new();

        BatchRunSummary summary = await live.Runs.RunAsync(LiveRuns.Request(10, 10), log);

        Assert.That(summary.Succeeded, Is.EqualTo(10));
        Assert.That(log.Notices, Has.Some.Contains("went back from 'in_progress' to 'validating'"));
    }

    [Test]
    public async Task RunAsync_UnknownStatusUntilTheDeadline_EndsByItsTimes()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.Script = new EmulatorScript { RunningFor = TimeSpan.FromHours(20) }.Tells("dreaming", TimeSpan.Zero);
        BatchRunRequest request = LiveRuns.Request(10, 10);
        request.Deadline = TimeSpan.FromHours(10);
        ProgressLog log = new();

        BatchRunSummary summary = await live.Runs.RunAsync(request, log);

        Assert.That(summary.Status, Is.EqualTo(BatchRunStatus.Ended));
        Assert.That(summary.Succeeded + summary.Outcomes[BatchOutcomeKind.Cancelled], Is.EqualTo(10));
        Assert.That(summary.Batches, Is.EqualTo(1));
        Assert.That(log.Notices.Count(notice => notice.Contains("'dreaming'", StringComparison.Ordinal)), Is.InRange(8, 13), "once an hour");
    }

    [TestCase(EmulatorPersonality.OpenAI)]
    [TestCase(EmulatorPersonality.Documented)]
    public async Task RunAsync_FileIdsAppearLate_AreWaitedFor(EmulatorPersonality personality)
    {
        await using LiveRuns live = await LiveRuns.StartAsync(personality);
        live.Emulator.Script = new EmulatorScript { FileIdsAfter = TimeSpan.FromMinutes(10) };

        BatchRunSummary summary = await live.Runs.RunAsync(LiveRuns.Request(20, 10));

        Assert.That(summary.Batches, Is.EqualTo(2));
        await live.ExpectAllPaidOnceAsync(20);
    }

    [Test]
    public async Task RunAsync_ADayOfFailures_IsSurvived()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.Script = new EmulatorScript { RunningFor = TimeSpan.FromHours(20) };
        DateTimeOffset start = live.Emulator.Clock.GetUtcNow();
        live.Emulator.OnAnyCall.When(request => request.Time - start is { TotalMinutes: > 5 } and { TotalHours: < 29 }).Answer(503);
        ProgressLog log = new();

        BatchRunSummary summary = await live.Runs.RunAsync(LiveRuns.Request(50, 10), log);

        Assert.That(summary.EndedAt - summary.CreatedAt, Is.GreaterThan(TimeSpan.FromHours(28)));
        BatchRunProgress[] outage = [.. log.Reports.Where(report => report.Elapsed is { TotalHours: > 1 and < 28 })];
        for (int hour = 1; hour < 28; hour++)
            Assert.That(outage.Any(report => (int)report.Elapsed.TotalHours == hour
                && report.Notices.Any(notice => notice.Contains("503", StringComparison.Ordinal))), Is.True, $"a report in hour {hour} that says why");
        Assert.That(outage.Select(report => (report.Status, report.Lines)), Has.All.EqualTo((BatchRunStatus.Running, 50)));
        await live.ExpectAllPaidOnceAsync(50);
    }

    [Test]
    public async Task RunAsync_KeyRefusedForAWhile_GoesOn()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        DateTimeOffset start = live.Emulator.Clock.GetUtcNow();
        live.Emulator.OnAnyCall.When(request => request.Time - start < TimeSpan.FromMinutes(10)).Answer(401);

        await live.Runs.RunAsync(LiveRuns.Request(20, 10));

        await live.ExpectAllPaidOnceAsync(20);
    }

    [Test]
    public async Task RunAsync_KeyRefusedForGood_ThrowsAndCanBeResumed()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        DateTimeOffset start = live.Emulator.Clock.GetUtcNow();
        live.Emulator.OnAnyCall.When(request => request.Time - start < TimeSpan.FromHours(1)).Answer(401);

        BatchRunException? stopped = await Assert.ThrowsAsync<BatchRunException>(() => live.Runs.RunAsync(LiveRuns.Request(20, 10)));
        live.Emulator.Clock.Advance(TimeSpan.FromHours(1));
        BatchRunSummary summary = await live.Runs.ResumeAsync(LiveRuns.Name);

        Assert.That(stopped!.InnerException, Is.InstanceOf<BatchApiException>().And.Property(nameof(BatchApiException.StatusCode)).EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(summary.Succeeded, Is.EqualTo(20));
        await live.ExpectAllPaidOnceAsync(20);
    }

    [Test]
    public async Task RunAsync_ClockIsSetBack_NoPauseIsLongerForThat()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        DateTimeOffset start = live.Emulator.Clock.GetUtcNow();
        live.Emulator.OnCreateBatch.Answer(429, """{"error":{"message":"Slow down.","code":"rate_limit_exceeded"}}""", retryAfter: TimeSpan.FromMinutes(20));
        SetClock clock = new(live.Emulator.Clock);
        IBatchRuns runs = await live.RestartAsync(options =>
        {
            options.TimeProvider = clock;
            options.Workers = 1;
            options.Probe = new ActAt(RunStep.Created, () => clock.Set(TimeSpan.FromDays(-30)));
        });

        await runs.RunAsync(LiveRuns.Request(20, 10));

        Assert.That(live.Emulator.Clock.GetUtcNow() - start, Is.InRange(TimeSpan.FromMinutes(20), TimeSpan.FromHours(3)));
        await live.ExpectAllPaidOnceAsync(20);
    }

    [Test]
    public async Task ResumeAsync_ClockWasSetBackInBetween_IsNotHeldUp()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.OnCreateBatch.Answer(400, """{"error":{"message":"Enqueued token limit reached.","code":"token_limit_exceeded"}}""");
        SetClock clock = new(live.Emulator.Clock);
        clock.Set(TimeSpan.FromDays(30));
        IBatchRuns first = await live.RestartAsync(options => (options.TimeProvider, options.Probe) = (clock, new CrashAt(RunStep.Uploaded, after: true, times: 2)));
        await Assert.ThrowsAsync<CrashException>(() => first.RunAsync(LiveRuns.Request(10, 10)));
        DateTimeOffset resumed = live.Emulator.Clock.GetUtcNow();

        await (await live.RestartAsync()).ResumeAsync(LiveRuns.Name);

        Assert.That(live.Emulator.Clock.GetUtcNow() - resumed, Is.LessThan(TimeSpan.FromHours(3)));
        await live.ExpectAllPaidOnceAsync(10);
    }

    [Test]
    public async Task RunAsync_PollInterval_IsThePauseBetweenAnyTwoLooks()
    {
        await using LiveRuns live = await LiveRuns.StartAsync(EmulatorPersonality.Documented);
        live.Emulator.Script = new EmulatorScript { RunningFor = TimeSpan.FromHours(2) };
        IBatchRuns runs = await live.RestartAsync(options => options.PollInterval = TimeSpan.FromSeconds(30));

        await runs.RunAsync(LiveRuns.Request(10, 10));

        DateTimeOffset[] looks = [.. live.Emulator.Ledger.Requests.Where(request => request.Route == "GetBatch").Select(request => request.Time)];
        TimeSpan[] pauses = [.. looks.Zip(looks.Skip(1), (one, next) => next - one).Take(200)];
        Assert.That(pauses, Has.Length.EqualTo(200).And.All.EqualTo(TimeSpan.FromSeconds(30)).Within(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public async Task RunAsync_PollIntervalOfNothing_IsRefused()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        IBatchRuns runs = await live.RestartAsync(options => options.PollInterval = TimeSpan.Zero);

        InvalidOperationException? refused = await Assert.ThrowsAsync<InvalidOperationException>(() => runs.RunAsync(LiveRuns.Request(10, 10)));

        Assert.That(refused!.Message, Does.Contain("PollInterval"));
        Assert.That(live.Emulator.Ledger.Requests, Is.Empty);
    }

    [Test]
    public async Task RunAsync_BatchUnderWay_TellsTheLinesThatItReports()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.Script = new EmulatorScript { RunningFor = TimeSpan.FromHours(1) };
        ProgressLog log = new();

        await live.Runs.RunAsync(LiveRuns.Request(20, 20), log);

        Assert.That(log.Reports.Select(report => report.LinesReported), Has.Some.InRange(1, 19));
        Assert.That(log.Reports[^1].LinesReported, Is.Zero, "they have their outcomes now");
    }

    [Test]
    public async Task RunAsync_GatewayCountsMoreThanThereIs_IsNoEndAndTellsNoMoreLines()
    {
        await using LiveRuns live = await LiveRuns.StartAsync(configure: options => options.BatchList = false);
        live.Emulator.Script = new EmulatorScript { RunningFor = TimeSpan.FromHours(1) };
        live.Emulator.OnGetBatch.Answer(200, """
            {"id":"batch","object":"batch","status":"in_progress","request_counts":{"completed":9223372036854775807,"failed":9223372036854775807}}
            """, times: 4);
        live.Emulator.OnGetBatch.Answer(200, """
            {"id":"batch","object":"batch","status":"in_progress","request_counts":{"completed":9223372036854775807,"failed":-1}}
            """, times: 4);
        ProgressLog log = new();

        await live.Runs.RunAsync(LiveRuns.Request(20, 10), log);

        Assert.That(log.Reports.Select(report => report.LinesReported), Has.Some.EqualTo(20).And.All.InRange(0, 20));
        await live.ExpectAllPaidOnceAsync(20);
    }

    [Test]
    public async Task RunAsync_ManyBatches_AreLookedAtByPagesOfTheList()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.Script = new EmulatorScript { RunningFor = TimeSpan.FromHours(1) };

        await live.Runs.RunAsync(LiveRuns.Request(40, 1));

        int lists = live.Emulator.Ledger.Count("ListBatches"), gets = live.Emulator.Ledger.Count("GetBatch");
        Assert.That(lists, Is.GreaterThan(10));
        Assert.That(gets, Is.LessThan(60), "a few of each while there is only one, and of those that are missing at first");
    }
}
