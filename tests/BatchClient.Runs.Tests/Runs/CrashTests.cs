using BatchGateway.Emulator;
using BatchGateway.Runs.Internal;
using BatchGateway.Runs.Tests.Support;

namespace BatchGateway.Runs.Tests.Runs;

/// <summary>A run goes on in another process wherever the first one ended, and nothing is paid for twice.</summary>
public sealed class CrashTests
{
    private const int Lines = 30;

    private static IEnumerable<TestCaseData> Places() =>
        from step in Enum.GetValues<RunStep>()
        where step is not (RunStep.Settle or RunStep.Reconcile or RunStep.Forget or RunStep.Sweep)
        from after in new[] { false, true }
        select new TestCaseData(step.ToString(), after);

    [TestCaseSource(nameof(Places))]
    public async Task RunAsync_KilledAtAStep_GoesOnInAnotherProcess(string step, bool after)
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        CrashAt crash = new(Enum.Parse<RunStep>(step), after);
        BatchRunRequest request = LiveRuns.Request(Lines, 10);
        IBatchRuns first = await live.RestartAsync(options => options.Probe = crash);
        await Assert.ThrowsAsync<CrashException>(() => first.RunAsync(request));

        IBatchRuns second = await live.RestartAsync();
        BatchRunSummary summary = await second.RunAsync(LiveRuns.Request(Lines, 10));

        Assert.That(crash.HasCrashed, Is.True);
        Assert.That(summary.Status, Is.EqualTo(BatchRunStatus.Ended));
        Assert.That(live.Emulator.Ledger.BatchesCreated, Has.Count.EqualTo(3));
        await live.ExpectAllPaidOnceAsync(Lines);
    }

    // Here nothing can be looked up: where a create may have been sent, a person says what became of it.
    [TestCaseSource(nameof(Places))]
    public async Task RunAsync_KilledAtAStepWithoutAList_PaysOnceAndNamesWhatIsOpen(string step, bool after)
    {
        await using LiveRuns live = await LiveRuns.StartAsync(EmulatorPersonality.Documented);
        IBatchRuns first = await live.RestartAsync(options => options.Probe = new CrashAt(Enum.Parse<RunStep>(step), after));
        await Assert.ThrowsAsync<CrashException>(() => first.RunAsync(LiveRuns.Request(Lines, 10)));

        IBatchRuns second = await live.RestartAsync();
        BatchRunSummary summary = await second.RunAsync(LiveRuns.Request(Lines, 10));
        foreach (BatchShardInfo shard in summary.Unsettled)
        {
            if (live.Emulator.Ledger.BatchesCreatedFor(shard.InputFileId!) is [var batch])
                await second.AttachAsync(LiveRuns.Name, shard.Number, batch);
            else
                await second.AbandonAsync(LiveRuns.Name, shard.Number);
        }

        BatchRunSummary end = await second.ResumeAsync(LiveRuns.Name);

        Assert.Multiple(async () =>
        {
            Assert.That(end.Status, Is.EqualTo(BatchRunStatus.Ended));
            Assert.That(end.Outcomes.Values.Sum(), Is.EqualTo(Lines));
            Assert.That(end.Succeeded, Is.EqualTo(live.Emulator.Ledger.LinesBilled.Count), "what was paid for is here");
            Assert.That(live.Emulator.Ledger.LinesBilled.Values, Has.All.EqualTo(1));
            Assert.That(await live.ResultsAsync(), Has.Count.EqualTo(Lines));
        });
    }

    [Test]
    public async Task ResumeAsync_KilledWhileTheLinesWereWritten_AsksForThemAgain()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        IBatchRuns first = await live.RestartAsync(options => options.Probe = new CrashAt(RunStep.Spool, after: true));
        await Assert.ThrowsAsync<CrashException>(() => first.RunAsync(LiveRuns.Request(Lines, 10)));

        IBatchRuns second = await live.RestartAsync();

        await Assert.ThrowsAsync<BatchRunException>(() => second.ResumeAsync(LiveRuns.Name));
        Assert.That(live.Emulator.Ledger.Requests, Is.Empty);
    }

    [Test]
    public async Task ResumeAsync_KilledAfterTheCreate_NeedsNoLines()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        IBatchRuns first = await live.RestartAsync(options => options.Probe = new CrashAt(RunStep.Create, after: true, times: 2));
        await Assert.ThrowsAsync<CrashException>(() => first.RunAsync(LiveRuns.Request(Lines, 10)));

        BatchRunSummary summary = await (await live.RestartAsync()).ResumeAsync(LiveRuns.Name);

        Assert.That(summary.Succeeded, Is.EqualTo(Lines));
        Assert.That(live.Emulator.Ledger.BatchesCreated, Has.Count.EqualTo(3));
        await live.ExpectAllPaidOnceAsync(Lines);
    }

    [Test]
    public async Task ResumeAsync_ManyCrashes_EndsAllTheSame()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.OnCreateBatch.Every(3).LoseAnswer();
        live.Emulator.OnFileContent.Every(4).CutBody(200);
        live.Emulator.OnGetBatch.Every(5).Answer(503);
        Random random = new(5);
        RunStep[] steps = [RunStep.Uploading, RunStep.Upload, RunStep.Uploaded, RunStep.Intent, RunStep.Create, RunStep.Created, RunStep.Terminal, RunStep.Harvest, RunStep.Harvested, RunStep.Clean];
        BatchRunSummary? summary = null;

        for (int life = 0; summary is null; life++)
        {
            CrashAt? crash = life < 20 ? new(steps[random.Next(steps.Length)], random.Next(2) == 0, random.Next(1, 4)) : null;
            IBatchRuns runs = await live.RestartAsync(options => options.Probe = crash);
            try
            {
                summary = await runs.RunAsync(LiveRuns.Request(60, 10));
            }
            catch (CrashException)
            {
            }
        }

        Assert.That(summary.Status, Is.EqualTo(BatchRunStatus.Ended));
        Assert.That(live.Emulator.Ledger.BatchesCreated, Has.Count.EqualTo(6));
        await live.ExpectAllPaidOnceAsync(60);
    }
}
