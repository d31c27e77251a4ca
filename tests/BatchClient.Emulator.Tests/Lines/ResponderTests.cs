using System.Text.Json;
using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Lines;

public sealed class ResponderTests
{
    [Test]
    public async Task Responder_OfOnesOwn_SeesEveryLine()
    {
        List<(int, string, string, string?)> seen = [];
        await using TestGateway gateway = await StartAsync(request =>
        {
            seen.Add((request.LineNumber, request.CustomId, request.Url, request.Body.Text("model")));
            return EmulatedResponse.Chat("fine");
        });

        await EndAsync(gateway, TestGateway.Lines(2));

        Assert.That(seen, Is.EqualTo(new[] { (1, "line-1", TestGateway.Chat, "gpt-4o-mini"), (2, "line-2", TestGateway.Chat, "gpt-4o-mini") }));
    }

    [Test]
    public async Task Chat_WithAText_IsAnAnswerInTheOutputFile()
    {
        await using TestGateway gateway = await StartAsync(_ => EmulatedResponse.Chat("fine", "gpt-x"));

        JsonElement batch = await EndAsync(gateway, TestGateway.Lines(1));
        JsonElement line = (await gateway.ResultsAsync(batch, "output_file_id")).Single();

        Assert.That(line.Names(), Is.EqualTo(new[] { "id", "custom_id", "response", "error" }));
        Assert.That(line.Text("id"), Does.StartWith("batch_req_"));
        Assert.That(line.IsNull("error"), Is.True);
        Assert.That(line.GetProperty("response").Names(), Is.EqualTo(new[] { "status_code", "request_id", "body" }));
        Assert.That(line.Number("response", "status_code"), Is.EqualTo(200));
        Assert.That(line.Text("response", "request_id"), Is.Not.Empty);
        Assert.That(line.Text("response", "body", "model"), Is.EqualTo("gpt-x"));
        Assert.That(batch.IsNull("error_file_id"), Is.True);
    }

    [Test]
    public async Task Error_ForEveryLine_LeavesOnlyAnErrorFile()
    {
        await using TestGateway gateway = await StartAsync(_ => EmulatedResponse.Error(429, "rate_limit_exceeded", "Too fast."));

        JsonElement batch = await EndAsync(gateway, TestGateway.Lines(2));
        JsonElement line = (await gateway.ResultsAsync(batch, "error_file_id"))[0];

        Assert.That(batch.Text("status"), Is.EqualTo("completed"));
        Assert.That(batch.Counts(), Is.EqualTo((2L, 0L, 2L)));
        Assert.That(batch.IsNull("output_file_id"), Is.True);
        Assert.That(line.IsNull("error"), Is.True);
        Assert.That(line.Number("response", "status_code"), Is.EqualTo(429));
        Assert.That(line.Text("response", "body", "error", "code"), Is.EqualTo("rate_limit_exceeded"));
        Assert.That(line.Text("response", "body", "error", "message"), Is.EqualTo("Too fast."));
        Assert.That(gateway.Ledger.LinesBilled, Is.Empty);
    }

    [Test]
    public void Error_WithASuccessStatus_Throws() =>
        Assert.That(() => EmulatedResponse.Error(200, "x", "y"), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public async Task Unanswered_Line_IsInTheErrorFileWithoutAResponse()
    {
        await using TestGateway gateway = await StartAsync(_ => EmulatedResponse.Unanswered("request_timeout", "Too slow."));

        JsonElement batch = await EndAsync(gateway, TestGateway.Lines(1));
        JsonElement line = (await gateway.ResultsAsync(batch, "error_file_id")).Single();

        Assert.That(line.IsNull("response"), Is.True);
        Assert.That(line.Text("error", "code"), Is.EqualTo("request_timeout"));
        Assert.That(line.Text("error", "message"), Is.EqualTo("Too slow."));
        Assert.That(batch.Counts(), Is.EqualTo((1L, 0L, 1L)));
        Assert.That(gateway.Ledger.LinesBilled, Is.Empty);
    }

    [Test]
    public async Task Vanish_OfALine_LeavesItOutOfBothFilesButBillsIt()
    {
        await using TestGateway gateway = await StartAsync(request =>
            request.LineNumber == 2 ? EmulatedResponse.Vanish : EmulatedResponse.Default(request));

        JsonElement batch = await EndAsync(gateway, TestGateway.Lines(3));
        List<JsonElement> lines = await gateway.ResultsAsync(batch, "output_file_id");

        Assert.That(lines.Select(line => line.Text("custom_id")), Is.EquivalentTo(new[] { "line-1", "line-3" }));
        Assert.That(batch.IsNull("error_file_id"), Is.True);
        Assert.That(batch.Counts(), Is.EqualTo((3L, 3L, 0L)));
        Assert.That(gateway.Ledger.LinesBilled, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Responder_ThatThrows_MakesTheLineAStatus500()
    {
        await using TestGateway gateway = await StartAsync(_ => throw new InvalidOperationException("boom"));

        JsonElement batch = await EndAsync(gateway, TestGateway.Lines(1));
        JsonElement line = (await gateway.ResultsAsync(batch, "error_file_id")).Single();

        Assert.That(line.Number("response", "status_code"), Is.EqualTo(500));
        Assert.That(line.Text("response", "body", "error", "message"), Does.Contain("boom"));
    }

    [TestCase("{\n  \"a\": 1\n}", JsonValueKind.Object)]
    [TestCase("plain text\nof two lines", JsonValueKind.String)]
    [TestCase("false", JsonValueKind.False)]
    public async Task Response_WithAnyBody_StaysOneLine(string body, JsonValueKind kind)
    {
        await using TestGateway gateway = await StartAsync(_ => new EmulatedResponse(200, body));

        JsonElement batch = await EndAsync(gateway, TestGateway.Lines(1));
        JsonElement line = (await gateway.ResultsAsync(batch, "output_file_id")).Single();

        Assert.That(line.GetProperty("response").GetProperty("body").ValueKind, Is.EqualTo(kind));
    }

    [Test]
    public async Task Usage_OfACompletedBatch_IsTheSumOfItsAnswers()
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync(options => options.Script = new()
        {
            Responder = _ => new EmulatedResponse(200, """{"usage":{"prompt_tokens":5,"completion_tokens":7,"prompt_tokens_details":{"cached_tokens":2}}}"""),
        });
        string id = await gateway.CreateFromAsync(TestGateway.Lines(3));

        JsonElement running = await gateway.BatchAfterAsync(id, TimeSpan.FromMinutes(1));
        JsonElement batch = await gateway.BatchAfterAsync(id, TimeSpan.FromMinutes(10));

        Assert.That(running.Number("usage", "total_tokens"), Is.Zero);
        Assert.That(batch.Number("usage", "input_tokens"), Is.EqualTo(15));
        Assert.That(batch.Number("usage", "output_tokens"), Is.EqualTo(21));
        Assert.That(batch.Number("usage", "total_tokens"), Is.EqualTo(36));
        Assert.That(batch.Number("usage", "input_tokens_details", "cached_tokens"), Is.EqualTo(6));
        Assert.That(batch.Text("model"), Is.EqualTo("gpt-4o-mini"));
    }

    private static Task<TestGateway> StartAsync(Func<EmulatedRequest, EmulatedResponse> responder) =>
        TestGateway.StartAsync(options => options.Script = new() { Responder = responder });

    private static async Task<JsonElement> EndAsync(TestGateway gateway, string lines) =>
        await gateway.BatchAfterAsync(await gateway.CreateFromAsync(lines), TimeSpan.FromHours(1));

    [TestCase("\ud800", TestName = "Responder_WithHalfASurrogatePair_GivesItAsTextAndRunsEachLineOnce")]
    [TestCase(@"""\ud800""")]
    [TestCase(@"{""error"":{""code"":""\ud800""}}")]
    public async Task Responder_WithABodyThatIsNoUnicode_GivesItAsTextAndRunsEachLineOnce(string body)
    {
        await using TestGateway gateway = await StartAsync(
            request => request.CustomId == "line-2" ? new EmulatedResponse(200, body) : EmulatedResponse.Default(request));

        JsonElement batch = await EndAsync(gateway, TestGateway.Lines(3));
        List<JsonElement> lines = await gateway.ResultsAsync(batch, "output_file_id");

        Assert.That(batch.Counts(), Is.EqualTo((3L, 3L, 0L)));
        Assert.That(lines.Select(line => line.Text("custom_id")), Is.EquivalentTo(new[] { "line-1", "line-2", "line-3" }));
        Assert.That(gateway.Ledger.LinesBilled.Values, Is.EqualTo(new[] { 1, 1, 1 }));
        JsonElement odd = lines.Single(line => line.Text("custom_id") == "line-2").GetProperty("response").GetProperty("body");
        Assert.That(odd.ValueKind, Is.EqualTo(JsonValueKind.String));
    }
}
