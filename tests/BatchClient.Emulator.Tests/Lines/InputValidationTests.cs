using System.Text;
using System.Text.Json;
using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Lines;

public sealed class InputValidationTests
{
    private const string Good = """{"custom_id":"good","method":"POST","url":"/v1/chat/completions","body":{"model":"m"}}""" + "\n";

    [TestCase("no json\n", "invalid_json_line", null)]
    [TestCase("[1]\n", "invalid_json_line", null)]
    [TestCase("\n", "invalid_json_line", null)]
    [TestCase("""{"custom_id":"good","method":"POST","url":"/v1/chat/completions","body":{"model":"m"}}""", "duplicate_custom_id", "custom_id")]
    [TestCase("""{"custom_id":"b","method":"POST","url":"/v1/chat/completions","body":{"model":"other"}}""", "mismatched_model", "body.model")]
    [TestCase("""{"custom_id":"b","method":"POST","url":"/v1/embeddings","body":{"model":"m"}}""", "url_mismatch", "url")]
    [TestCase("""{"custom_id":"b","method":"POST","url":"/v1/nowhere","body":{"model":"m"}}""", "invalid_url", "url")]
    [TestCase("""{"method":"POST","url":"/v1/chat/completions","body":{"model":"m"}}""", "missing_required_parameter", "custom_id")]
    [TestCase("""{"custom_id":"","method":"POST","url":"/v1/chat/completions","body":{"model":"m"}}""", "missing_required_parameter", "custom_id")]
    [TestCase("""{"custom_id":"b","url":"/v1/chat/completions","body":{"model":"m"}}""", "missing_required_parameter", "method")]
    [TestCase("""{"custom_id":"b","method":"GET","url":"/v1/chat/completions","body":{"model":"m"}}""", "invalid_method", "method")]
    [TestCase("""{"custom_id":"b","method":"POST","body":{"model":"m"}}""", "missing_required_parameter", "url")]
    [TestCase("""{"custom_id":"b","method":"POST","url":"/v1/chat/completions"}""", "missing_required_parameter", "body")]
    [TestCase("""{"custom_id":"b","method":"POST","url":"/v1/chat/completions","body":{}}""", "missing_required_parameter", "body.model")]
    public async Task Get_OfABatchWithABadLine_HasFailedAndNamesTheLine(string line, string code, string? param)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();

        JsonElement batch = await FailAsync(gateway, Good + line);

        JsonElement error = batch.GetProperty("errors").GetProperty("data").EnumerateArray().Single();
        Assert.That(batch.Text("errors", "object"), Is.EqualTo("list"));
        Assert.That(error.Names(), Is.EqualTo(new[] { "code", "message", "param", "line" }));
        Assert.That(error.Text("code"), Is.EqualTo(code));
        Assert.That(error.Text("param"), Is.EqualTo(param));
        Assert.That(error.Number("line"), Is.EqualTo(2));
        Assert.That(gateway.Ledger.LinesBilled, Is.Empty);
    }

    [Test]
    public async Task Get_OfABatchFromAnEmptyFile_HasFailedWithoutALine()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();

        JsonElement batch = await FailAsync(gateway, "");

        JsonElement error = batch.GetProperty("errors").GetProperty("data").EnumerateArray().Single();
        Assert.That(error.Text("code"), Is.EqualTo("empty_file"));
        Assert.That(error.IsNull("line"), Is.True);
    }

    [Test]
    public async Task Get_OfABatchWithAByteOrderMark_HasFailedOnLineOne()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();

        JsonElement batch = await FailAsync(gateway, "\uFEFF" + Good);

        JsonElement error = batch.GetProperty("errors").GetProperty("data").EnumerateArray().Single();
        Assert.That((error.Text("code"), error.Number("line")), Is.EqualTo(("invalid_json_line", 1L)));
    }

    [TestCase("{\"custom_id\":\"\xFF\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{\"model\":\"m\"}}")]
    [TestCase("{\"custom_id\":\"b\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{\"model\":\"m\",\"x\":\"\xFF\"}}")]
    [TestCase("{\"custom_id\":\"\\ud800\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{\"model\":\"m\"}}")]
    [TestCase("\xFF")]
    public async Task Get_OfABatchWithWhatIsNoUnicode_HasFailedAndNamesTheLine(string line)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        Answer uploaded = await gateway.UploadAsync(new ByteArrayContent(Encoding.Latin1.GetBytes(Good + line)));
        string id = await gateway.CreateAsync(uploaded.Id);

        JsonElement batch = await gateway.BatchAfterAsync(id, TimeSpan.FromSeconds(2));

        JsonElement error = batch.GetProperty("errors").GetProperty("data").EnumerateArray().Single();
        Assert.That((error.Text("code"), error.Number("line")), Is.EqualTo(("invalid_json_line", 2L)));
    }

    [Test]
    public async Task Get_OfABatchWithManyBadLines_NamesAThousandAtMost()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();

        JsonElement batch = await FailAsync(gateway, string.Concat(Enumerable.Repeat("x\n", 1500)));

        Assert.That(batch.GetProperty("errors").GetProperty("data").GetArrayLength(), Is.EqualTo(1000));
    }

    [Test]
    public async Task Get_OfABatchWithoutAFinalNewlineOrWithCarriageReturns_Completes()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string id = await gateway.CreateFromAsync(TestGateway.Lines(3).Replace("\n", "\r\n", StringComparison.Ordinal).TrimEnd());

        Assert.That((await gateway.BatchAfterAsync(id, TimeSpan.FromHours(1))).Counts(), Is.EqualTo((3L, 3L, 0L)));
    }

    [Test]
    public async Task Get_OfABatchWithLinesLongerThanAnyBuffer_Completes()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        StringBuilder lines = new();
        foreach (int length in (int[])[10, 65_000, 65_536, 200_000, 1_000_000, 5])
            lines.Append(TestGateway.Line($"line-{length}", user: new string('x', length)));
        string id = await gateway.CreateFromAsync(lines.ToString());

        JsonElement batch = await gateway.BatchAfterAsync(id, TimeSpan.FromHours(1));

        Assert.That(batch.Text("status"), Is.EqualTo("completed"));
        foreach (JsonElement line in await gateway.ResultsAsync(batch, "output_file_id"))
            Assert.That($"line-{Content(line).Length - "Echo: ".Length}", Is.EqualTo(line.Text("custom_id")));
    }

    private static string Content(JsonElement line) =>
        line.GetProperty("response").GetProperty("body").GetProperty("choices")[0].Text("message", "content")!;

    private static async Task<JsonElement> FailAsync(TestGateway gateway, string text)
    {
        string id = await gateway.CreateFromAsync(text);
        Assert.That((await gateway.BatchAsync(id)).IsNull("errors"), Is.True);

        JsonElement batch = await gateway.BatchAfterAsync(id, TimeSpan.FromSeconds(2));

        Assert.That(batch.Text("status"), Is.EqualTo("failed"));
        Assert.That(batch.Number("failed_at"), Is.EqualTo(gateway.Clock.GetUtcNow().ToUnixTimeSeconds()));
        Assert.That(batch.Counts(), Is.EqualTo((0L, 0L, 0L)));
        Assert.That(batch.IsNull("output_file_id") && batch.IsNull("error_file_id"), Is.True);
        return batch;
    }
}
