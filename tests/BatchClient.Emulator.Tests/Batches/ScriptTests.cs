using System.Text.Json;
using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Batches;

public sealed class ScriptTests
{
    private const long Start = 1767225600;

    private static readonly EmulatorScript HalfDone = new() { ValidatingFor = TimeSpan.Zero, RunningFor = TimeSpan.FromHours(48) };

    [Test]
    public async Task ExpiresLateBy_TenMinutes_EndsHalfDoneTenMinutesAfterExpiresAt()
    {
        await using TestGateway gateway = await StartAsync(HalfDone with { ExpiresLateBy = TimeSpan.FromMinutes(10) });
        string id = await gateway.CreateFromAsync(TestGateway.Lines(10));

        JsonElement before = await gateway.BatchAfterAsync(id, TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        JsonElement due = await gateway.BatchAfterAsync(id, TimeSpan.FromSeconds(1));
        JsonElement still = await gateway.BatchAfterAsync(id, TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        JsonElement end = await gateway.BatchAfterAsync(id, TimeSpan.FromSeconds(1));

        Assert.That(before.Text("status"), Is.EqualTo("in_progress"));
        Assert.That(due.Text("status"), Is.EqualTo("finalizing"));
        Assert.That(still.Text("status"), Is.EqualTo("finalizing"));
        Assert.That(still.Number("finalizing_at"), Is.EqualTo(Start + 86400));
        Assert.That(still.IsNull("expired_at") && still.IsNull("error_file_id"), Is.True);
        Assert.That(end.Text("status"), Is.EqualTo("expired"));
        Assert.That(end.Number("expires_at"), Is.EqualTo(Start + 86400));
        Assert.That(end.Number("expired_at"), Is.EqualTo(Start + 87000));
        Assert.That(end.Counts(), Is.EqualTo((10L, 5L, 0L)));
        Assert.That(await gateway.ResultsAsync(end, "output_file_id"), Has.Count.EqualTo(5));
        Assert.That(await gateway.ResultsAsync(end, "error_file_id"), Has.Count.EqualTo(5));
        Assert.That(gateway.Ledger.LinesBilled, Has.Count.EqualTo(5));
    }

    [Test]
    public async Task ExpiresLateBy_OfABatchThatIsNeverValidated_StaysValidatingUntilThen()
    {
        await using TestGateway gateway = await StartAsync(new() { ValidatingFor = TimeSpan.FromDays(3), ExpiresLateBy = TimeSpan.FromDays(1) });
        string id = await gateway.CreateFromAsync(TestGateway.Lines(2));

        JsonElement due = await gateway.BatchAfterAsync(id, TimeSpan.FromHours(30));
        JsonElement end = await gateway.BatchAfterAsync(id, TimeSpan.FromHours(18));

        Assert.That(due.Text("status"), Is.EqualTo("validating"));
        Assert.That(end.Text("status"), Is.EqualTo("expired"));
        Assert.That(end.IsNull("finalizing_at") && end.IsNull("in_progress_at"), Is.True);
        Assert.That(await gateway.ResultsAsync(end, "error_file_id"), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task ExpiresLateBy_HalfADay_RunsNoLineAfterExpiresAt()
    {
        await using TestGateway gateway = await StartAsync(HalfDone with { ExpiresLateBy = TimeSpan.FromHours(12) });

        JsonElement batch = await gateway.EndAsync(TestGateway.Lines(10));

        Assert.That(batch.Counts(), Is.EqualTo((10L, 5L, 0L)));
        Assert.That(gateway.Ledger.LinesBilled, Has.Count.EqualTo(5));
    }

    [Test]
    public async Task ExpiresLateBy_OfAnInvalidInput_FailsInTime()
    {
        await using TestGateway gateway = await StartAsync(HalfDone with { ExpiresLateBy = TimeSpan.FromDays(1) });
        string id = await gateway.CreateFromAsync("no json\n");

        JsonElement batch = await gateway.BatchAfterAsync(id, TimeSpan.FromHours(30));

        Assert.That(batch.Text("status"), Is.EqualTo("failed"));
    }

    [Test]
    public async Task ExpiresLateBy_OfABatchInTime_ChangesNothing()
    {
        await using TestGateway gateway = await StartAsync(new() { ExpiresLateBy = TimeSpan.FromDays(1) });

        JsonElement batch = await gateway.EndAsync(TestGateway.Lines(2));

        Assert.That(batch.Text("status"), Is.EqualTo("completed"));
        Assert.That(batch.Number("finalizing_at"), Is.EqualTo(Start + 122));
    }

    [Test]
    public async Task ExpiresAfter_AnHour_IsTheWindow()
    {
        EmulatorScript script = HalfDone with { RunningFor = TimeSpan.FromHours(2), ExpiresAfter = TimeSpan.FromHours(1) };
        await using TestGateway gateway = await StartAsync(script);
        string id = await gateway.CreateFromAsync(TestGateway.Lines(4));

        JsonElement batch = await gateway.BatchAfterAsync(id, TimeSpan.FromHours(1));

        Assert.That(batch.Text("status"), Is.EqualTo("expired"));
        Assert.That(batch.Number("expires_at"), Is.EqualTo(Start + 3600));
        Assert.That(batch.Counts(), Is.EqualTo((4L, 2L, 0L)));
    }

    [Test]
    public async Task FileIdsAfter_FiveMinutes_ShowsTheIdsFiveMinutesAfterTheEnd()
    {
        await using TestGateway gateway = await StartAsync(new EmulatorScript { FileIdsAfter = TimeSpan.FromMinutes(5) }
            .Lines(request => request.LineNumber == 1, EmulatedResponse.Error(500, "x", "y")));
        string id = await gateway.CreateFromAsync(TestGateway.Lines(2));

        JsonElement ended = await gateway.BatchAfterAsync(id, TimeSpan.FromSeconds(127));
        JsonElement before = await gateway.BatchAfterAsync(id, TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        JsonElement after = await gateway.BatchAfterAsync(id, TimeSpan.FromSeconds(1));

        foreach (JsonElement batch in (JsonElement[])[ended, before])
        {
            Assert.That(batch.Text("status"), Is.EqualTo("completed"));
            Assert.That(batch.Number("completed_at"), Is.EqualTo(Start + 127));
            Assert.That(batch.IsNull("output_file_id") && batch.IsNull("error_file_id"), Is.True);
        }

        Assert.That(await gateway.ResultsAsync(after, "output_file_id"), Has.Count.EqualTo(1));
        Assert.That(await gateway.ResultsAsync(after, "error_file_id"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task FileIdsAfter_OfABatchThatExpiresLate_CountsFromItsRealEnd()
    {
        EmulatorScript script = HalfDone with { ExpiresLateBy = TimeSpan.FromHours(1), FileIdsAfter = TimeSpan.FromHours(1) };
        await using TestGateway gateway = await StartAsync(script);
        string id = await gateway.CreateFromAsync(TestGateway.Lines(2));

        JsonElement early = await gateway.BatchAfterAsync(id, TimeSpan.FromHours(26) - TimeSpan.FromSeconds(1));
        JsonElement due = await gateway.BatchAfterAsync(id, TimeSpan.FromSeconds(1));

        Assert.That(early.IsNull("error_file_id"), Is.True);
        Assert.That(due.IsNull("error_file_id"), Is.False);
    }

    [TestCase(true, 9)]
    [TestCase(false, 0)]
    public async Task ReportsUsage_OnOrOff_TellsTheTokensOrZeros(bool reports, int tokens)
    {
        await using TestGateway gateway = await StartAsync(new EmulatorScript { ReportsUsage = reports }
            .Lines(_ => true, new EmulatedResponse(200, """{"usage":{"prompt_tokens":4,"completion_tokens":5}}""")));

        JsonElement batch = await gateway.EndAsync(TestGateway.Lines(1));

        Assert.That(batch.Number("usage", "total_tokens"), Is.EqualTo(tokens));
    }

    [Test]
    public async Task FailsValidation_WithTwoErrors_EndsFailedWithExactlyThese()
    {
        await using TestGateway gateway = await StartAsync(new EmulatorScript()
            .FailsValidation("token_limit_exceeded", "Enqueued token limit reached.")
            .FailsValidation("invalid_url", "No such url.", line: 2, param: "url"));
        string id = await gateway.CreateFromAsync(TestGateway.Lines(3));

        JsonElement before = await gateway.BatchAfterAsync(id, TimeSpan.FromSeconds(1.9));
        JsonElement after = await gateway.BatchAfterAsync(id, TimeSpan.FromSeconds(0.1));
        JsonElement later = await gateway.BatchAfterAsync(id, TimeSpan.FromDays(2));

        Assert.That(before.Text("status"), Is.EqualTo("validating"));
        Assert.That(before.IsNull("errors"), Is.True);
        foreach (JsonElement batch in (JsonElement[])[after, later])
        {
            Assert.That(batch.Text("status"), Is.EqualTo("failed"));
            Assert.That(batch.Number("failed_at"), Is.EqualTo(Start + 2));
            Assert.That(batch.GetProperty("errors").GetRawText(), Is.EqualTo(
                """{"object":"list","data":[{"code":"token_limit_exceeded","message":"Enqueued token limit reached.","param":null,"line":null},"""
                + """{"code":"invalid_url","message":"No such url.","param":"url","line":2}]}"""));
            Assert.That(batch.Counts(), Is.EqualTo((0L, 0L, 0L)));
            Assert.That(batch.IsNull("output_file_id") && batch.IsNull("error_file_id"), Is.True);
        }

        Assert.That(gateway.Ledger.LinesBilled, Is.Empty);
        Assert.That(gateway.Ledger.FilesHeld, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ScriptNextBatch_ThatFails_FailsTheSecondOfThree()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string file = await gateway.UploadAsync(TestGateway.Lines(2));
        EmulatorScript script = gateway.Emulator.Script;

        gateway.Emulator.ScriptNextBatch(script);
        gateway.Emulator.ScriptNextBatch(script.FailsValidation("token_limit_exceeded", "Enqueued token limit reached."));
        string[] ids = [await gateway.CreateAsync(file), await gateway.CreateAsync(file), await gateway.CreateAsync(file)];
        gateway.Clock.Advance(TimeSpan.FromHours(1));

        List<string?> statuses = [];
        foreach (string id in ids)
            statuses.Add((await gateway.BatchAsync(id)).Text("status"));
        Assert.That(statuses, Is.EqualTo(new[] { "completed", "failed", "completed" }));
        Assert.That(gateway.Ledger.LinesBilled.Values, Is.EqualTo(new[] { 2, 2 }));
    }

    [Test]
    public async Task Tells_AnEarlierStatus_GoesBackwardsForAWhile()
    {
        await using TestGateway gateway = await StartAsync(new EmulatorScript()
            .Tells("validating", TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(90)));
        string id = await gateway.CreateFromAsync(TestGateway.Lines(2));
        List<string?> told = [];

        foreach (double age in (double[])[0, 2, 59.9, 60, 89.9, 90, 130])
            told.Add((await gateway.BatchAfterAsync(id, TimeSpan.FromSeconds(age) - Age(gateway))).Text("status"));

        Assert.That(told, Is.EqualTo(new[] { "validating", "in_progress", "in_progress", "validating", "validating", "in_progress", "completed" }));
    }

    [Test]
    public async Task Tells_AnUnknownWordForEver_LeavesTimesAndFilesTrue()
    {
        await using TestGateway gateway = await StartAsync(new EmulatorScript().Tells("polishing", TimeSpan.Zero));
        string file = await gateway.UploadAsync(TestGateway.Lines(2));

        Answer created = await gateway.TryCreateAsync(file);
        JsonElement batch = await gateway.BatchAfterAsync(created.Id, TimeSpan.FromDays(100));
        JsonElement listed = (await gateway.GetAsync("/batches")).Json.GetProperty("data")[0];

        Assert.That(created.Json.Text("status"), Is.EqualTo("polishing"));
        Assert.That(batch.Text("status"), Is.EqualTo("polishing"));
        Assert.That(listed.Text("status"), Is.EqualTo("polishing"));
        Assert.That(batch.Number("completed_at"), Is.EqualTo(Start + 127));
        Assert.That(batch.Counts(), Is.EqualTo((2L, 2L, 0L)));
        Assert.That(await gateway.ResultsAsync(batch, "output_file_id"), Has.Count.EqualTo(2));
    }

    [TestCase(5, "first")]
    [TestCase(10, "second")]
    [TestCase(19.9, "second")]
    [TestCase(20, "first")]
    [TestCase(30, "in_progress")]
    public async Task Tells_SeveralTimes_TheLastThatCoversTheAgeCounts(double age, string status)
    {
        await using TestGateway gateway = await StartAsync(new EmulatorScript()
            .Tells("first", TimeSpan.Zero, TimeSpan.FromSeconds(30))
            .Tells("second", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20)));
        string id = await gateway.CreateFromAsync(TestGateway.Lines(1));

        JsonElement batch = await gateway.BatchAfterAsync(id, TimeSpan.FromSeconds(age));

        Assert.That(batch.Text("status"), Is.EqualTo(status));
    }

    [Test]
    public async Task Tells_AWordToAClientThatPolls_IsSeenAtThatAge()
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options =>
        {
            options.Clock = EmulatorClock.AutoAdvancing();
            options.Script = new EmulatorScript().Tells("hm", TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(90));
        });
        string id = await gateway.CreateFromAsync(TestGateway.Lines(1));
        List<string?> told = [];

        for (int poll = 0; poll < 5; poll++)
        {
            told.Add((await gateway.BatchAsync(id)).Text("status"));
            await Task.Delay(TimeSpan.FromSeconds(30), gateway.Clock);
        }

        Assert.That(told, Is.EqualTo(new[] { "validating", "in_progress", "hm", "in_progress", "in_progress" }));
    }

    [Test]
    public async Task Cancel_WhateverTheStatusTells_GoesByTheTruth()
    {
        await using TestGateway gateway = await StartAsync(new EmulatorScript().Tells("completed", TimeSpan.Zero));
        string id = await gateway.CreateFromAsync(TestGateway.Lines(1));

        Assert.That((await gateway.CancelAsync(id)).Status, Is.EqualTo(200));
    }

    [Test]
    public void Methods_WithImpossibleArguments_Throw()
    {
        EmulatorScript script = new();

        Assert.That(() => script.Tells("x", TimeSpan.FromSeconds(-1)), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => script.Tells("x", TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2)), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => script.Tells(null!, TimeSpan.Zero), Throws.ArgumentNullException);
        Assert.That(() => script.FailsValidation("x", "y", line: 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => script.FailsValidation(null!, "y"), Throws.ArgumentNullException);
        Assert.That(() => script.FailsValidation("x", null!), Throws.ArgumentNullException);
        foreach (double share in (double[])[-0.01, 1.01, double.NaN])
        {
            Assert.That(
                () => script.Lines(share, EmulatedResponse.Vanish),
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("from 0 to 1"));
        }

        Assert.That(() => script.Lines(0.5, (EmulatedResponse)null!), Throws.ArgumentNullException);
        Assert.That(() => script.Lines(_ => true, (EmulatedResponse)null!), Throws.ArgumentNullException);
        Assert.That(() => script.Lines(null!, EmulatedResponse.Vanish), Throws.ArgumentNullException);
    }

    [TestCaseSource(nameof(ImpossibleScripts))]
    public async Task Script_WithAnImpossibleProperty_IsRefusedAndSaysWhatIsAllowed(EmulatorScript script, string property, string allowed)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();

        Assert.That(
            () => gateway.Emulator.Script = script,
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains($"EmulatorScript.{property} must").And.Message.Contains(allowed));
    }

    [Test]
    public async Task Script_WithTheLongestDurations_StillAnswers()
    {
        TimeSpan longest = TimeSpan.FromDays(365_000);
        await using TestGateway gateway = await StartAsync(new()
        {
            ValidatingFor = longest,
            RunningFor = longest,
            FinalizingFor = longest,
            ExpiresAfter = longest,
            ExpiresLateBy = longest,
            FileIdsAfter = longest,
        });
        string id = await gateway.CreateFromAsync(TestGateway.Lines(1));

        Assert.That((await gateway.BatchAfterAsync(id, TimeSpan.FromDays(300_000))).Text("status"), Is.EqualTo("validating"));
    }

    private static IEnumerable<TestCaseData> ImpossibleScripts()
    {
        TimeSpan negative = TimeSpan.FromTicks(-1);
        yield return Case(new() { ExpiresAfter = TimeSpan.Zero }, nameof(EmulatorScript.ExpiresAfter), "more than zero");
        yield return Case(new() { ExpiresAfter = TimeSpan.MaxValue }, nameof(EmulatorScript.ExpiresAfter), "at most 365000 days");
        yield return Case(new() { ExpiresLateBy = negative }, nameof(EmulatorScript.ExpiresLateBy), "not be negative");
        yield return Case(new() { FileIdsAfter = negative }, nameof(EmulatorScript.FileIdsAfter), "not be negative");
        yield return Case(new() { RunningFor = TimeSpan.MaxValue }, nameof(EmulatorScript.RunningFor), "nor more than 365000 days");
        yield return Case(new() { ShuffleWindow = 0 }, nameof(EmulatorScript.ShuffleWindow), "at least 1");

        static TestCaseData Case(EmulatorScript script, string property, string allowed) =>
            new TestCaseData(script, property, allowed).SetArgDisplayNames(property, allowed);
    }

    private static TimeSpan Age(TestGateway gateway) => gateway.Clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(Start);

    private static Task<TestGateway> StartAsync(EmulatorScript script) => TestGateway.StartOpenAIAsync(options => options.Script = script);
}
