using System.Text.Json;
using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Batches;

public sealed class CreateTests
{
    private static readonly string[] DocumentedMembers =
    [
        "id", "object", "endpoint", "errors", "input_file_id", "completion_window", "status", "output_file_id", "error_file_id", "created_at",
        "in_progress_at", "expires_at", "finalizing_at", "completed_at", "failed_at", "expired_at", "cancelling_at", "cancelled_at",
        "request_counts", "metadata",
    ];

    [Test]
    public async Task Create_AtOpenAI_AnswersTheFreshObjectToTheByte()
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();
        string file = await gateway.UploadAsync(TestGateway.Lines(1));

        Answer answer = await gateway.TryCreateAsync(file, ""","metadata":{"k":"v"}""");

        Assert.That(answer.Id, Does.Match("^batch_[0-9a-f]+$"));
        Assert.That(answer.Text, Is.EqualTo(
            $$$"""{"id":"{{{answer.Id}}}","object":"batch","endpoint":"/v1/chat/completions","model":null,"errors":null,"input_file_id":"{{{file}}}","completion_window":"24h","status":"validating","output_file_id":null,"error_file_id":null,"created_at":1767225600,"in_progress_at":null,"expires_at":1767312000,"finalizing_at":null,"completed_at":null,"failed_at":null,"expired_at":null,"cancelling_at":null,"cancelled_at":null,"request_counts":{"total":0,"completed":0,"failed":0},"usage":{"input_tokens":0,"output_tokens":0,"total_tokens":0,"input_tokens_details":{"cached_tokens":0},"output_tokens_details":{"reasoning_tokens":0}},"metadata":{"k":"v"}}"""));
    }

    [Test]
    public async Task Create_AtTheDocumentedGateway_DropsWhatThePageDoesNotName()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string file = await gateway.UploadAsync(TestGateway.Lines(1));

        Answer answer = await gateway.TryCreateAsync(
            file, ""","job_name":"nightly","metadata":{"k":"v"},"output_expires_after":{"anchor":"created_at","seconds":1}""");

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.Json.Names(), Is.EqualTo(DocumentedMembers));
        Assert.That(answer.Json.IsNull("metadata"), Is.True);
    }

    [TestCase(EmulatorPersonality.Documented)]
    [TestCase(EmulatorPersonality.OpenAI)]
    public async Task Create_Always_NamesTheResolvedModel(EmulatorPersonality personality)
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options => options.Personality = personality);
        string known = await gateway.UploadAsync(TestGateway.Line("a", model: "gpt-x"));
        string unknown = await gateway.UploadAsync("no json");

        Assert.That((await gateway.TryCreateAsync(known)).Headers["x-tfy-resolved-model"], Is.EqualTo("gpt-x"));
        Assert.That((await gateway.TryCreateAsync(unknown)).Headers, Does.Not.ContainKey("x-tfy-resolved-model"));
    }

    [TestCase("""{"endpoint":"/v1/responses"}""", "input_file_id", "missing_required_parameter")]
    [TestCase("""{"input_file_id":"FILE"}""", "endpoint", "missing_required_parameter")]
    [TestCase("""{"input_file_id":"FILE","endpoint":""}""", "endpoint", "missing_required_parameter")]
    [TestCase("""{"input_file_id":7,"endpoint":"/v1/responses"}""", "input_file_id", "invalid_type")]
    [TestCase("""{"input_file_id":"file-unknown","endpoint":"/v1/responses","completion_window":"24h"}""", "input_file_id", "invalid_value")]
    public async Task Create_WithAnImpossibleBody_Answers400(string body, string param, string code)
    {
        foreach (EmulatorPersonality personality in Enum.GetValues<EmulatorPersonality>())
        {
            await using TestGateway gateway = await TestGateway.StartAsync(options => options.Personality = personality);
            string file = await gateway.UploadAsync(TestGateway.Lines(1));

            Answer answer = await gateway.PostJsonAsync("/batches", body.Replace("FILE", file, StringComparison.Ordinal));

            Assert.That(answer.Status, Is.EqualTo(400));
            Assert.That(answer.Error.Text("param"), Is.EqualTo(param));
            Assert.That(answer.Error.Text("code"), Is.EqualTo(code));
            Assert.That(gateway.Ledger.BatchesCreated, Is.Empty);
        }
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("[]")]
    public async Task Create_WithoutAJsonObject_Answers400(string body)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();

        Answer answer = await gateway.PostJsonAsync("/batches", body);

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Error.Text("type"), Is.EqualTo("invalid_request_error"));
    }

    [TestCase("{\"input_file_id\":\"\\ud800\",\"endpoint\":\"/v1/responses\"}")]
    [TestCase("{\"input_file_id\":\"\xFF\",\"endpoint\":\"/v1/responses\"}")]
    public async Task Create_WithWhatIsNoUnicode_Answers400(string body)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        ByteArrayContent content = new(System.Text.Encoding.Latin1.GetBytes(body));

        Answer answer = await gateway.SendAsync(gateway.Request(HttpMethod.Post, "/batches", content));

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Error.Text("message"), Does.Contain("Unicode"));
    }

    [Test]
    public async Task Create_FromAFileWhoseModelIsNoUnicode_IsTaken()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string file = await gateway.UploadAsync("""{"body":{"model":"\ud800"}}""");

        Assert.That((await gateway.TryCreateAsync(file)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Create_WithTheSameMetadataKeyTwice_KeepsTheLast()
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();

        Answer answer = await gateway.TryCreateAsync(await gateway.UploadAsync("x"), ""","metadata":{"k":"1","j":"2","k":"3"}""");

        Assert.That(answer.Json.GetProperty("metadata").GetRawText(), Is.EqualTo("""{"j":"2","k":"3"}"""));
    }

    [TestCase("/v1/chat/completions", "1h", "completion_window")]
    [TestCase("/v1/nope", "24h", "endpoint")]
    public async Task Create_WithAValueThatOpenAIDoesNotKnow_IsRefusedThereOnly(string endpoint, string window, string param)
    {
        string Body(string file) => $$"""{"input_file_id":"{{file}}","endpoint":"{{endpoint}}","completion_window":"{{window}}"}""";
        await using TestGateway openAI = await TestGateway.StartOpenAIAsync();
        await using TestGateway documented = await TestGateway.StartAsync();

        Answer refused = await openAI.PostJsonAsync("/batches", Body(await openAI.UploadAsync("x")));
        Answer accepted = await documented.PostJsonAsync("/batches", Body(await documented.UploadAsync("x")));

        Assert.That(refused.Status, Is.EqualTo(400));
        Assert.That(refused.Error.Text("param"), Is.EqualTo(param));
        Assert.That(refused.Error.Text("code"), Is.EqualTo("invalid_value"));
        Assert.That(accepted.Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Create_WithoutAWindow_IsRefusedByOpenAIOnly()
    {
        string Body(string file) => $$"""{"input_file_id":"{{file}}","endpoint":"/v1/responses","completion_window":null}""";
        await using TestGateway openAI = await TestGateway.StartOpenAIAsync();
        await using TestGateway documented = await TestGateway.StartAsync();

        Answer refused = await openAI.PostJsonAsync("/batches", Body(await openAI.UploadAsync("x")));
        Answer accepted = await documented.PostJsonAsync("/batches", Body(await documented.UploadAsync("x")));

        Assert.That(refused.Error.Text("param"), Is.EqualTo("completion_window"));
        Assert.That(accepted.Json.Text("completion_window"), Is.EqualTo("24h"));
    }

    [Test]
    public async Task Create_FromAFileForAnotherPurpose_IsRefusedByOpenAI()
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();

        Answer answer = await gateway.TryCreateAsync(await gateway.UploadAsync(TestGateway.Lines(1), purpose: "user_data"));

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Error.Text("message"), Does.Contain("'user_data'"));
    }

    [TestCase(16, 64, 512, 200)]
    [TestCase(17, 4, 4, 400)]
    [TestCase(1, 65, 4, 400)]
    [TestCase(1, 4, 513, 400)]
    public async Task Create_WithMetadata_IsHeldToOpenAIsLimits(int pairs, int keyLength, int valueLength, int status)
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();
        Dictionary<string, string> metadata = Enumerable.Range(0, pairs)
            .ToDictionary(number => number.ToString("D2", null).PadRight(keyLength, 'k'), _ => new string('v', valueLength));

        Answer answer = await gateway.TryCreateAsync(await gateway.UploadAsync("x"), $",\"metadata\":{JsonSerializer.Serialize(metadata)}");

        Assert.That(answer.Status, Is.EqualTo(status));
        if (status == 400)
            Assert.That(answer.Error.Text("param"), Is.EqualTo("metadata"));
        else
            Assert.That(answer.Json.GetProperty("metadata").Names(), Is.EqualTo(metadata.Keys));
    }

    [TestCase("""{"k":1}""")]
    [TestCase("[]")]
    public async Task Create_WithMetadataOfAnotherType_IsRefusedByOpenAI(string metadata)
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();

        Answer answer = await gateway.TryCreateAsync(await gateway.UploadAsync("x"), $",\"metadata\":{metadata}");

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Error.Text("code"), Is.EqualTo("invalid_type"));
    }

    [TestCase("""{"anchor":"created_at","seconds":3599}""", "output_expires_after.seconds")]
    [TestCase("""{"anchor":"created_at","seconds":2592001}""", "output_expires_after.seconds")]
    [TestCase("""{"anchor":"now","seconds":3600}""", "output_expires_after.anchor")]
    public async Task Create_WithAnImpossibleExpiry_IsRefusedByOpenAI(string expiry, string param)
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();

        Answer answer = await gateway.TryCreateAsync(await gateway.UploadAsync("x"), $",\"output_expires_after\":{expiry}");

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Error.Text("param"), Is.EqualTo(param));
    }

    [Test]
    public async Task Create_WithAnExpiry_MakesOutputThatExpires()
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();
        string id = await gateway.CreateFromAsync(TestGateway.Lines(1), ""","output_expires_after":{"anchor":"created_at","seconds":3600}""");
        JsonElement batch = await gateway.BatchAfterAsync(id, TimeSpan.FromMinutes(10));
        string output = batch.Text("output_file_id")!;

        JsonElement file = (await gateway.GetAsync($"/files/{output}")).Json;
        gateway.Clock.Advance(TimeSpan.FromHours(1));

        Assert.That(file.Number("expires_at") - file.Number("created_at"), Is.EqualTo(3600));
        Assert.That((await gateway.GetAsync($"/files/{output}/content")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Create_Twice_MakesTwoBatchesWhateverTheKey()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string file = await gateway.UploadAsync(TestGateway.Lines(1));

        Answer[] answers = [await CreateAsync(), await CreateAsync()];

        Assert.That(answers.Select(answer => answer.Id), Is.Unique);
        Assert.That(gateway.Ledger.BatchesCreatedFor(file), Is.EqualTo(answers.Select(answer => answer.Id)));
        Assert.That(gateway.Ledger.CreatesWithKey("same"), Is.EqualTo(answers.Select(answer => answer.Id)));

        Task<Answer> CreateAsync()
        {
            StringContent body = new($$"""{"input_file_id":"{{file}}","endpoint":"/v1/responses"}""");
            HttpRequestMessage request = gateway.Request(HttpMethod.Post, "/batches", body);
            request.Headers.Add("Idempotency-Key", "same");
            return gateway.SendAsync(request);
        }
    }
}
