using System.Text.Json;
using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Batches;

public sealed class AzureBatchTests
{
    [Test]
    public async Task Create_AtAzure_AnswersTheFreshObjectToTheByte()
    {
        await using TestGateway gateway = await StartAsync();
        gateway.Clock.Advance(TimeSpan.FromTicks(2_491_382));
        string file = await gateway.UploadAsync(TestGateway.Lines(1));

        Answer answer = await gateway.TryCreateAsync(file);

        Assert.That(answer.Text, Is.EqualTo(
            $$"""{"cancelled_at":null,"cancelling_at":null,"completed_at":null,"completion_window":"24h","created_at":"2026-01-01T00:00:00.2491382+00:00","error_file_id":"","expired_at":null,"expires_at":null,"failed_at":null,"finalizing_at":null,"id":"{{answer.Id}}","in_progress_at":null,"input_file_id":"{{file}}","errors":null,"metadata":null,"object":"batch","output_file_id":"","request_counts":{"total":null,"completed":null,"failed":null},"status":"Validating","endpoint":"/v1/chat/completions"}"""));
    }

    [TestCase(1, "Validating")]
    [TestCase(60, "InProgress")]
    [TestCase(124, "Finalizing")]
    public async Task Get_BeforeTheEnd_IsCapitalisedAndUncounted(int seconds, string status)
    {
        await using TestGateway gateway = await StartAsync();
        string id = await gateway.CreateFromAsync(TestGateway.Lines(4));

        JsonElement batch = await gateway.BatchAfterAsync(id, TimeSpan.FromSeconds(seconds));

        Assert.That(batch.Text("status"), Is.EqualTo(status));
        Assert.That(batch.GetProperty("request_counts").GetRawText(), Is.EqualTo("""{"total":null,"completed":null,"failed":null}"""));
        Assert.That((batch.Text("output_file_id"), batch.Text("error_file_id")), Is.EqualTo(("", "")));
    }

    [Test]
    public async Task Get_OfACompletedBatch_HasItsTimesCountsAndFiles()
    {
        await using TestGateway gateway = await StartAsync(options => options.Script = new()
        {
            Responder = request => request.LineNumber == 1 ? EmulatedResponse.Error(400, "content_filter", "No.") : EmulatedResponse.Default(request),
        });
        string id = await gateway.CreateFromAsync(TestGateway.Lines(4), ""","metadata":{"k":"v"}""");

        JsonElement batch = await gateway.BatchAfterAsync(id, TimeSpan.FromDays(3));

        Assert.That(batch.Text("status"), Is.EqualTo("Completed"));
        Assert.That(batch.Text("in_progress_at"), Is.EqualTo("2026-01-01T00:00:02.0000000+00:00"));
        Assert.That(batch.Text("finalizing_at"), Is.EqualTo("2026-01-01T00:02:02.0000000+00:00"));
        Assert.That(batch.Text("completed_at"), Is.EqualTo("2026-01-01T00:02:07.0000000+00:00"));
        Assert.That(batch.Counts(), Is.EqualTo((4L, 3L, 1L)));
        Assert.That(batch.Text("metadata", "k"), Is.EqualTo("v"));
        Assert.That(await gateway.ResultsAsync(batch, "output_file_id"), Has.Count.EqualTo(3));
        Assert.That(await gateway.ResultsAsync(batch, "error_file_id"), Has.Count.EqualTo(1));
        JsonElement output = (await gateway.GetAsync($"/files/{batch.Text("output_file_id")}")).Json;
        Assert.That(output.Text("status"), Is.EqualTo("processed"));
    }

    [Test]
    public async Task Get_OfABatchThatTakesDays_NeverExpires()
    {
        await using TestGateway gateway = await StartAsync(options => options.Script = new() { ValidatingFor = TimeSpan.Zero, RunningFor = TimeSpan.FromDays(10) });
        string id = await gateway.CreateFromAsync(TestGateway.Lines(10));

        JsonElement late = await gateway.BatchAfterAsync(id, TimeSpan.FromDays(9));
        int billed = gateway.Ledger.LinesBilled.Count;
        JsonElement end = await gateway.BatchAfterAsync(id, TimeSpan.FromDays(2));

        Assert.That(late.Text("status"), Is.EqualTo("InProgress"));
        Assert.That(late.IsNull("expires_at"), Is.True);
        Assert.That(billed, Is.EqualTo(9));
        Assert.That(end.Text("status"), Is.EqualTo("Completed"));
        Assert.That(end.IsNull("expires_at") && end.IsNull("expired_at"), Is.True);
        Assert.That(end.Counts(), Is.EqualTo((10L, 10L, 0L)));
    }

    [Test]
    public async Task Cancel_WhileInProgress_SaysItInAzuresWords()
    {
        await using TestGateway gateway = await StartAsync();
        string id = await gateway.CreateFromAsync(TestGateway.Lines(10));
        gateway.Clock.Advance(TimeSpan.FromSeconds(62));

        JsonElement cancelling = (await gateway.CancelAsync(id)).Json;
        JsonElement cancelled = await gateway.BatchAfterAsync(id, TimeSpan.FromMinutes(10));
        Answer again = await gateway.CancelAsync(id);

        Assert.That(cancelling.Text("status"), Is.EqualTo("Cancelling"));
        Assert.That(cancelling.Text("cancelling_at"), Is.EqualTo("2026-01-01T00:01:02.0000000+00:00"));
        Assert.That(cancelling.IsNull("request_counts", "total"), Is.True);
        Assert.That(cancelled.Text("status"), Is.EqualTo("Cancelled"));
        Assert.That(cancelled.Text("cancelled_at"), Is.EqualTo("2026-01-01T00:11:02.0000000+00:00"));
        Assert.That(cancelled.Counts(), Is.EqualTo((10L, 5L, 0L)));
        Assert.That(again.Status, Is.EqualTo(409));
        Assert.That(again.Error.Text("message"), Is.EqualTo("Cannot cancel a batch with status 'Cancelled'."));
    }

    [TestCase("""{"custom_id":"b","method":"POST","url":"/v1/chat/completions","body":{"model":"other"}}""", "model_mismatch")]
    [TestCase("""{"custom_id":"b","method":"POST","url":"/v1/nowhere","body":{"model":"m"}}""", "url_mismatch")]
    [TestCase("""{"custom_id":"b","method":"POST","url":"/v1/chat/completions"}""", "invalid_request")]
    public async Task Get_OfABatchWithABadLine_HasFailedWithAzuresCode(string line, string code)
    {
        await using TestGateway gateway = await StartAsync();
        string id = await gateway.CreateFromAsync(TestGateway.Line("a", model: "m") + line);

        JsonElement batch = await gateway.BatchAfterAsync(id, TimeSpan.FromHours(1));

        Assert.That(batch.Text("status"), Is.EqualTo("Failed"));
        Assert.That(batch.Text("failed_at"), Is.EqualTo("2026-01-01T00:00:02.0000000+00:00"));
        Assert.That(batch.GetProperty("errors").GetProperty("data")[0].Text("code"), Is.EqualTo(code));
        Assert.That((batch.Text("output_file_id"), batch.Text("error_file_id")), Is.EqualTo(("", "")));
        Assert.That(batch.Counts(), Is.EqualTo((0L, 0L, 0L)));
    }

    [TestCase("/chat/completions", "24h", "", 200)]
    [TestCase("/chat/completions", "48h", "", 400)]
    [TestCase("/chat/completions", "24h", ""","output_expires_after":{"anchor":"created_at","seconds":1209600}""", 200)]
    [TestCase("/chat/completions", "24h", ""","output_expires_after":{"anchor":"created_at","seconds":3600}""", 400)]
    public async Task Create_AtAzure_IsHeldToAzuresRules(string endpoint, string window, string more, int status)
    {
        await using TestGateway gateway = await StartAsync();
        string file = await gateway.UploadAsync(TestGateway.Line("a", url: endpoint));

        Answer answer = await gateway.PostJsonAsync(
            "/batches", $$"""{"input_file_id":"{{file}}","endpoint":"{{endpoint}}","completion_window":"{{window}}"{{more}}}""");

        Assert.That(answer.Status, Is.EqualTo(status), answer.Text);
        if (status == 200)
            Assert.That((await gateway.BatchAfterAsync(answer.Id, TimeSpan.FromHours(1))).Text("status"), Is.EqualTo("Completed"));
    }

    private static Task<TestGateway> StartAsync(Action<EmulatorOptions>? configure = null) => TestGateway.StartAsync(options =>
    {
        options.Personality = EmulatorPersonality.Azure;
        options.FilePendingFor = TimeSpan.Zero;
        configure?.Invoke(options);
    });
}
