using BatchGateway.Emulator;
using BatchGateway.Runs.Tests.Support;

namespace BatchGateway.Runs.Tests.Runs;

/// <summary>A batch that ends as failed is treated by its cause.</summary>
public sealed class FailedBatchTests
{
    [TestCase(EmulatorPersonality.OpenAI)]
    [TestCase(EmulatorPersonality.Documented)]
    public async Task RunAsync_TooManyTokensEnqueued_WaitsAndTakesTheSameFile(EmulatorPersonality personality)
    {
        await using LiveRuns live = await LiveRuns.StartAsync(personality);
        live.Emulator.ScriptNextBatch(new EmulatorScript().FailsValidation("token_limit_exceeded", "Enqueued token limit reached."), times: 3);

        BatchRunSummary summary = await live.Runs.RunAsync(LiveRuns.Request(10, 10));

        Assert.That((summary.Succeeded, summary.Batches, summary.Attempts), Is.EqualTo((10, 4, 1)));
        Assert.That(live.Emulator.Ledger.Count("UploadFile"), Is.EqualTo(1));
        Assert.That(PausesBetweenCreates(live), Is.Ordered, "the pause grows");
        await live.ExpectAllPaidOnceAsync(10);
    }

    [Test]
    public async Task RunAsync_LineThatIsRefused_IsSetAsideAndTheRestSentAgain()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.ScriptNextBatch(new EmulatorScript().FailsValidation("invalid_value", "Bad temperature.", line: 3));

        BatchRunSummary summary = await live.Runs.RunAsync(LiveRuns.Request(10, 10));

        Assert.That((summary.Succeeded, summary.Outcomes[BatchOutcomeKind.Failed], summary.Batches, summary.Attempts), Is.EqualTo((9, 1, 2, 1)));
        BatchResultLine bad = (await live.ResultsAsync()).Single(line => line.Kind == BatchOutcomeKind.Failed);
        Assert.That((bad.CustomId, bad.Error!.Message), Is.EqualTo(("line-3", "Bad temperature.")));
    }

    [Test]
    public async Task RunAsync_FileNotFoundRightAfterItsUpload_IsTriedAgain()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.ScriptNextBatch(new EmulatorScript().FailsValidation("invalid_request_error", "Cannot find file file-1."), times: 2);

        BatchRunSummary summary = await live.Runs.RunAsync(LiveRuns.Request(10, 10));

        Assert.That((summary.Succeeded, summary.Batches), Is.EqualTo((10, 3)));
    }

    [Test]
    public async Task RunAsync_FileNeverFound_FailsTheLines()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.Script = new EmulatorScript().FailsValidation("invalid_request_error", "Cannot find file file-1.");

        BatchRunSummary summary = await live.Runs.RunAsync(LiveRuns.Request(10, 10));

        Assert.That((summary.Outcomes[BatchOutcomeKind.Failed], summary.Batches), Is.EqualTo((10, 6)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task RunAsync_FileIsGone_IsUploadedAgain(bool isRefusedAtOnce)
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        const string notFound = """{"error":{"message":"No such File object: file-1","code":"invalid_value"}}""";
        if (isRefusedAtOnce)
            live.Emulator.OnCreateBatch.Answer(400, notFound, times: 6);
        else
            live.Emulator.ScriptNextBatch(new EmulatorScript().FailsValidation("invalid_request_error", "Cannot find file file-1."), times: 6);
        live.Emulator.OnGetFile.Answer(404, notFound);

        BatchRunSummary summary = await live.Runs.RunAsync(LiveRuns.Request(10, 10));

        Assert.That((summary.Succeeded, summary.Batches), Is.EqualTo((10, isRefusedAtOnce ? 1 : 7)));
        Assert.That((live.Emulator.Ledger.Count("UploadFile"), live.Emulator.Ledger.Count("GetFile")), Is.EqualTo((2, 1)));
        await live.ExpectAllPaidOnceAsync(10);
    }

    [Test]
    public async Task RunAsync_FileIsGoneEachTime_StopsAfterAFewUploads()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        const string notFound = """{"error":{"message":"No such File object: file-1","code":"invalid_value"}}""";
        live.Emulator.OnCreateBatch.Always.Answer(400, notFound);
        live.Emulator.OnGetFile.Always.Answer(404, notFound);

        BatchRunException? stopped = await Assert.ThrowsAsync<BatchRunException>(() => live.Runs.RunAsync(LiveRuns.Request(10, 10)));

        Assert.That(stopped!.Message, Does.Contain("No such File object"));
        Assert.That(live.Emulator.Ledger.Count("UploadFile"), Is.EqualTo(3));
    }

    [Test]
    public async Task RunAsync_AnyOtherCause_FailsEveryLineWithIt()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.Script = new EmulatorScript().FailsValidation("model_not_found", "There is no such model.");

        BatchRunSummary summary = await live.Runs.RunAsync(LiveRuns.Request(10, 10));

        Assert.That((summary.Outcomes[BatchOutcomeKind.Failed], summary.Batches), Is.EqualTo((10, 1)));
        Assert.That((await live.ResultsAsync()).Select(line => line.Error!.Message), Has.All.EqualTo("There is no such model."));
    }

    [Test]
    public async Task RunAsync_CreateRefusedForTooManyTokens_WaitsLongerEachTimeAndTakesTheSameFile()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.OnCreateBatch.Answer(400, """{"error":{"message":"Enqueued token limit reached.","code":"token_limit_exceeded"}}""", times: 3);

        BatchRunSummary summary = await live.Runs.RunAsync(LiveRuns.Request(10, 10));

        Assert.That((summary.Succeeded, summary.Batches, summary.Attempts), Is.EqualTo((10, 1, 1)));
        Assert.That(live.Emulator.Ledger.Count("UploadFile"), Is.EqualTo(1));
        TimeSpan[] pauses = PausesBetweenCreates(live);
        Assert.That(pauses, Has.Length.EqualTo(3));
        Assert.That(pauses.Zip(pauses.Skip(1), (one, next) => next > one), Is.All.True, "the pause grows");
        await live.ExpectAllPaidOnceAsync(10);
    }

    [Test]
    public async Task RunAsync_CreateRefusedForAFileNotYetKnown_WaitsAndTakesTheSameFile()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.OnCreateBatch.Answer(404, """{"error":{"message":"File file-1 not found."}}""", times: 2);

        BatchRunSummary summary = await live.Runs.RunAsync(LiveRuns.Request(10, 10));

        Assert.That((summary.Succeeded, summary.Batches), Is.EqualTo((10, 1)));
        Assert.That(live.Emulator.Ledger.Count("UploadFile"), Is.EqualTo(1));
        TimeSpan[] pauses = PausesBetweenCreates(live);
        Assert.That(pauses, Has.Length.EqualTo(2));
        Assert.That(pauses, Is.All.GreaterThanOrEqualTo(TimeSpan.FromSeconds(20)));
        await live.ExpectAllPaidOnceAsync(10);
    }

    private static TimeSpan[] PausesBetweenCreates(LiveRuns live)
    {
        DateTimeOffset[] creates = [.. live.Emulator.Ledger.Requests.Where(request => request.Route == "CreateBatch").Select(request => request.Time)];
        return [.. creates.Zip(creates.Skip(1), (one, next) => next - one)];
    }
}
