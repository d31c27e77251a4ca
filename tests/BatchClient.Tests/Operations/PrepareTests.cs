using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using BatchGateway.Emulator;
using BatchGateway.Internal.Files;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Operations;

/// <summary>What leaves the machine as an input file, and what never does.</summary>
[NonParallelizable]
public sealed class PrepareTests
{
    private EmulatedClient _client = null!;
    private TemporaryPath _temporary = null!;
    private int _before;

    private BatchGatewayEmulator Emulator => _client.Emulator;

    private IBatchClient Gateway => _client.Gateway;

    private IEnumerable<LedgerRequest> Sent => Emulator.Ledger.Requests.Skip(_before);

    private string[] TemporaryFiles => _temporary.Names;

    [OneTimeSetUp]
    public async Task StartAsync() => _client = await EmulatedClient.StartAsync();

    [SetUp]
    public void UseOwnTemporaryFolder()
    {
        _before = Emulator.Ledger.Requests.Count;
        _temporary = new TemporaryPath();
    }

    [TearDown]
    public void LeaveOwnTemporaryFolder() => _temporary.Dispose();

    [OneTimeTearDown]
    public async Task StopAsync() => await _client.DisposeAsync();

    private static IEnumerable<TestCaseData> BrokenRules()
    {
        yield return Case("NoLines", [], BatchErrorCode.EmptyFile, null, null);
        yield return Case("EmptyCustomId", [Chat("a"), Chat("")], BatchErrorCode.MissingRequiredParameter, 2, "");
        yield return Case("DuplicateCustomId", [Chat("a"), Chat("b"), Chat("a")], BatchErrorCode.DuplicateCustomId, 3, "a");
        yield return Case("CustomIdWithHalfASurrogatePair", [Chat("🚀\uFFFD"), Chat("b\uD800")], BatchErrorCode.InvalidJsonLine, 2, "b\uD800");
        yield return Case("OtherUrl", [Chat("a"), BatchRequestLine.Embeddings("b", new EmbeddingsRequest { Model = "m" })], BatchErrorCode.UrlMismatch, 2, "b");
        yield return Case("NoUrlAfterOne", [Chat("a"), BatchRequestLine.Create("b", default, Json("""{"model":"m"}"""))], BatchErrorCode.UrlMismatch, 2, "b");
        yield return Case("OtherModel", [Chat("a"), Chat("b", "n")], BatchErrorCode.MismatchedModel, 2, "b");
        yield return Case("NoModelAfterOne", [Chat("a"), Body("b", """{"messages":[]}""")], BatchErrorCode.MismatchedModel, 2, "b");
        yield return Case("BodyIsAnArray", [Body("a", "[]")], BatchErrorCode.InvalidJsonLine, 1, "a");
        yield return Case("BodyIsNull", [Body("a", "null")], BatchErrorCode.InvalidJsonLine, 1, "a");
        yield return Case("BodyIsNothing", [BatchRequestLine.Create("a", BatchEndpoint.ChatCompletions, default)], BatchErrorCode.InvalidJsonLine, 1, "a");
        yield return Case("BodyWithLineFeeds", [Raw("a", "{\n\"model\":\"m\"}")], BatchErrorCode.InvalidJsonLine, 1, "a");
        yield return Case("BodyThatIsCut", [Raw("a", "{\"model\":")], BatchErrorCode.InvalidJsonLine, 1, "a");
        yield return Case("BodyWithTooManyBraces", [Raw("a", "{}}")], BatchErrorCode.InvalidJsonLine, 1, "a");
        yield return Case("BodyThatIsNotWritten", [Raw("a", null)], BatchErrorCode.InvalidJsonLine, 1, "a");
        yield return Case("BodyThatCannotBeWritten", [Raw("a", "throw")], BatchErrorCode.InvalidJsonLine, 1, "a");
        yield return Case("Stream", [Chat("a"), Body("b", """{"stream":true,"model":"m"}""")], BatchErrorCode.InvalidValue, 2, "b");
        yield return Case("NullLine", [Chat("a"), null!], BatchErrorCode.InvalidJsonLine, 2, null);
    }

    [TestCaseSource(nameof(BrokenRules))]
    public async Task Prepare_BrokenRule_ThrowsAndSendsNothing(BatchRequestLine[] lines, BatchErrorCode rule, long? number, string? customId)
    {
        BatchInputException? refusal = await Assert.ThrowsAsync<BatchInputException>(async () => await Gateway.PrepareAsync(lines));

        Assert.That(refusal!.Rule, Is.EqualTo(rule));
        Assert.That(refusal.LineNumber, Is.EqualTo(number));
        Assert.That(refusal.CustomId, Is.EqualTo(customId));
        Assert.That(refusal.Message, Does.EndWith("Nothing was sent."));
        Assert.That(Sent, Is.Empty);
        Assert.That(TemporaryFiles, Is.Empty);
    }

    [Test]
    public async Task Prepare_WordsInTheBodyThatLookLikeRules_AreNotMistakenForThem()
    {
        BatchRequestLine[] lines =
        [
            Body("body", """{"model":"m","stream":false,"messages":[{"model":"x","stream":true}],"options":{"model":"y","stream":true}}"""),
            Body("model", """{"messages":[],"model":"m"}"""),
        ];

        PreparedBatch prepared = await Gateway.PrepareAsync(lines);

        Assert.That(prepared.LineCount, Is.EqualTo(2));
    }

    [Test]
    public async Task Prepare_DeepBody_IsUploaded()
    {
        string deep = new string('[', 500) + new string(']', 500);

        PreparedBatch prepared = await Gateway.PrepareAsync([Raw("a", $$"""{"model":"m","deep":{{deep}}}""")]);

        Assert.That(Encoding.UTF8.GetString(await UploadedAsync(prepared)), Does.Contain(deep));
    }

    [Test]
    public async Task Prepare_Lines_AreUploadedAsCompactUtf8Jsonl()
    {
        BatchRequestLine[] lines =
        [
            BatchRequestLine.Chat("größe", "m", "<b>Grüße & 'so'</b> \"漢字\"\n", system: "Kurz."),
            Body("b", "{ \"model\" : \"m\",\r\n \"x\" : [ 1, 2.50 ] }"),
        ];

        PreparedBatch prepared = await Gateway.PrepareAsync(lines);

        byte[] uploaded = await UploadedAsync(prepared);
        Assert.That(Encoding.UTF8.GetString(uploaded), Is.EqualTo(
            """{"custom_id":"größe","method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[{"role":"system","content":"Kurz."},{"role":"user","content":"<b>Grüße & 'so'</b> \"漢字\"\n"}]}}""" + "\n"
            + """{"custom_id":"b","method":"POST","url":"/v1/chat/completions","body":{"model":"m","x":[1,2.50]}}""" + "\n"));
        Assert.That(uploaded, Has.None.EqualTo((byte)'\r'));
        Assert.That(uploaded[0], Is.EqualTo((byte)'{'), "there is no BOM");
    }

    [Test]
    public async Task Prepare_LinesWithoutEndpoint_LeaveMethodAndUrlOut()
    {
        PreparedBatch prepared = await Gateway.PrepareAsync([BatchRequestLine.Create("a", default, Json("""{"contents":[]}"""))]);

        Assert.That(Encoding.UTF8.GetString(await UploadedAsync(prepared)), Is.EqualTo("""{"custom_id":"a","body":{"contents":[]}}""" + "\n"));
    }

    [Test]
    public async Task Prepare_MoreLinesThanOneBuffer_AreAllUploaded()
    {
        string text = new('x', 1_000);

        PreparedBatch prepared = await Gateway.PrepareAsync(Enumerable.Range(0, 1_000).Select(i => BatchRequestLine.Chat($"line-{i}", "m", text)));

        string[] uploaded = Encoding.UTF8.GetString(await UploadedAsync(prepared)).Split('\n');
        Assert.That(prepared.LineCount, Is.EqualTo(1_000));
        Assert.That(uploaded, Has.Length.EqualTo(1_001));
        Assert.That(uploaded[^1], Is.Empty, "the file ends with a line feed");
        Assert.That(uploaded.SkipLast(1).Select((line, i) => line.StartsWith($"{{\"custom_id\":\"line-{i}\",", StringComparison.Ordinal)), Has.All.True);
    }

    [Test]
    public async Task Prepare_Success_LeavesNoTemporaryFile()
    {
        string[] during = [];
        IEnumerable<BatchRequestLine> Lines()
        {
            yield return Chat("a");
            during = TemporaryFiles;
        }

        await Gateway.PrepareAsync(Lines());

        Assert.That(during, Has.Length.EqualTo(1), "the lines are spooled");
        Assert.That(TemporaryFiles, Is.Empty);
    }

    [Test]
    public async Task Prepare_LinesThatFail_PassTheFailureOnAndLeaveNothing()
    {
        static IEnumerable<BatchRequestLine> Lines()
        {
            yield return Chat("a");
            throw new TimeoutException("mine");
        }

        await Assert.ThrowsAsync<TimeoutException>(async () => await Gateway.PrepareAsync(Lines()));

        Assert.That(Sent, Is.Empty);
        Assert.That(TemporaryFiles, Is.Empty);
    }

    [Test]
    public async Task Prepare_UploadRefused_LeavesNothing()
    {
        IReadOnlyList<string> held = Emulator.Ledger.FilesHeld;
        Emulator.OnUploadFile.Answer(400, """{"error":{"message":"No."}}""");

        await Assert.ThrowsAsync<BatchApiException>(async () => await Gateway.PrepareAsync([Chat("a")]));

        Assert.That(Emulator.Ledger.FilesHeld, Is.EqualTo(held));
        Assert.That(TemporaryFiles, Is.Empty);
    }

    [Test]
    public async Task Prepare_Cancelled_SendsNothing()
    {
        using CancellationTokenSource cancellation = new();
        async IAsyncEnumerable<BatchRequestLine> Lines()
        {
            yield return Chat("a");
            await cancellation.CancelAsync();
            cancellation.Token.ThrowIfCancellationRequested();
        }

        await Assert.ThrowsAsync<OperationCanceledException>(async () => await Gateway.PrepareAsync(Lines(), cancellationToken: cancellation.Token));

        Assert.That(Sent, Is.Empty);
        Assert.That(TemporaryFiles, Is.Empty);
    }

    private static TestCaseData Case(string name, BatchRequestLine[] lines, BatchErrorCode rule, long? number, string? customId) =>
        new TestCaseData(lines, rule, number, customId).SetName($"Prepare_{name}_ThrowsAndSendsNothing");

    private static BatchRequestLine Chat(string customId, string model = "m") => BatchRequestLine.Chat(customId, model, "Hello.");

    private static BatchRequestLine Body(string customId, string body) =>
        BatchRequestLine.Create(customId, BatchEndpoint.ChatCompletions, Json(body));

    private static BatchRequestLine Raw(string customId, string? text)
    {
        JsonSerializerOptions options = new() { TypeInfoResolver = new DefaultJsonTypeInfoResolver(), Converters = { new RawConverter() } };
        return BatchRequestLine.Create(customId, BatchEndpoint.ChatCompletions, new RawBody(text), (JsonTypeInfo<RawBody>)options.GetTypeInfo(typeof(RawBody)));
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private async Task<byte[]> UploadedAsync(PreparedBatch prepared)
    {
        await using BatchFileContent content = await Gateway.Files.GetContentAsync(prepared.InputFile.Id);
        using MemoryStream bytes = new();
        await content.Stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private sealed record RawBody(string? Text);

    /// <summary>A converter as bad as a user's can be.</summary>
    private sealed class RawConverter : JsonConverter<RawBody>
    {
        public override RawBody Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, RawBody value, JsonSerializerOptions options)
        {
            if (value.Text == "throw")
                throw new InvalidOperationException("mine");
            if (value.Text is not null)
                writer.WriteRawValue(value.Text, skipInputValidation: true);
        }
    }
}
