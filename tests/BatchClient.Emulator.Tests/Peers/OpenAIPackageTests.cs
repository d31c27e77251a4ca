#pragma warning disable OPENAI001 // The batch client of the OpenAI package is marked as experimental.
using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using BatchGateway.Emulator.Tests.Support;
using OpenAI;
using OpenAI.Batch;
using OpenAI.Files;

namespace BatchGateway.Emulator.Tests.Peers;

/// <summary>OpenAI's own .NET package, whose wire behaviour this project did not write, takes the emulator for OpenAI.</summary>
[TestFixture("/v1")]
[TestFixture("/api/llm/api/inference/openai")]
public sealed class OpenAIPackageTests(string apiPath)
{
    private BatchGatewayEmulator _emulator = null!;
    private OpenAIFileClient _files = null!;
    private BatchClient _batches = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _emulator = await BatchGatewayEmulator.StartAsync(new EmulatorOptions
        {
            ApiPath = apiPath,
            Personality = EmulatorPersonality.OpenAI,
            Clock = EmulatorClock.Manual(),
        });
        OpenAIClient client = Client(_emulator.ApiKey);
        _files = client.GetOpenAIFileClient();
        _batches = client.GetBatchClient();
    }

    [TearDown]
    public async Task StopAsync() => await _emulator.DisposeAsync();

    [Test]
    public async Task Walk_FromTheUploadToTheLines_HasOneAnswerForEachLine()
    {
        OpenAIFile input = await UploadAsync(TestGateway.Lines(5));
        CreateBatchOperation operation = await CreateAsync(input.Id);
        string statusAtFirst = Json(await operation.GetBatchAsync(null)).Text("status")!;

        _emulator.Clock.Advance(TimeSpan.FromMinutes(1));
        JsonElement running = Json((await operation.UpdateStatusAsync()));
        bool hadCompleted = operation.HasCompleted;
        _emulator.Clock.Advance(TimeSpan.FromMinutes(5));
        await operation.UpdateStatusAsync();
        JsonElement batch = Json(await operation.GetBatchAsync(null));

        Assert.That((statusAtFirst, running.Text("status"), batch.Text("status")), Is.EqualTo(("validating", "in_progress", "completed")));
        Assert.That((hadCompleted, operation.HasCompleted), Is.EqualTo((false, true)));
        Assert.That(batch.Counts(), Is.EqualTo((5L, 5L, 0L)));
        List<JsonElement> lines = await LinesAsync(batch.Text("output_file_id")!);
        Assert.That(lines.Select(line => line.Text("custom_id")), Is.EquivalentTo(new[] { "line-1", "line-2", "line-3", "line-4", "line-5" }));
        Assert.That(lines.Select(line => line.Number("response", "status_code")), Has.All.EqualTo(200));
    }

    [Test]
    public async Task WaitForCompletion_OfABatchThatIsOver_Returns()
    {
        CreateBatchOperation created = await CreateAsync((await UploadAsync(TestGateway.Lines(1))).Id);
        _emulator.Clock.Advance(TimeSpan.FromHours(1));

        CreateBatchOperation operation = await CreateBatchOperation.RehydrateAsync(_batches, created.BatchId);
        await operation.WaitForCompletionAsync();

        Assert.That(operation.HasCompleted, Is.True);
        Assert.That(operation.BatchId, Is.EqualTo(_emulator.Ledger.BatchesCreated.Single()));
    }

    [Test]
    public async Task Upload_OfAFile_IsReadWithEveryMember()
    {
        string text = TestGateway.Lines(2);

        OpenAIFile uploaded = await UploadAsync(text);
        OpenAIFile found = await _files.GetFileAsync(uploaded.Id);
        BinaryData content = await _files.DownloadFileAsync(uploaded.Id);

        Assert.That((found.Id, found.Filename, found.SizeInBytesLong), Is.EqualTo((uploaded.Id, "requests.jsonl", (long?)text.Length)));
        Assert.That(found.Purpose, Is.EqualTo(OpenAI.Files.FilePurpose.Batch));
        Assert.That(found.CreatedAt, Is.EqualTo(_emulator.Clock.GetUtcNow()));
        Assert.That(content.ToString(), Is.EqualTo(text));
    }

    [Test]
    public async Task GetFiles_ByPurpose_ListsThemNewestFirst()
    {
        string first = (await UploadAsync("a")).Id;
        string second = (await UploadAsync("b")).Id;
        OpenAIFile other = await _files.UploadFileAsync(BinaryData.FromString("c"), "c.txt", FileUploadPurpose.UserData);

        OpenAIFileCollection ofBatches = await _files.GetFilesAsync(OpenAI.Files.FilePurpose.Batch);
        OpenAIFileCollection all = await _files.GetFilesAsync();

        Assert.That(ofBatches.Select(file => file.Id), Is.EqualTo(new[] { second, first }));
        Assert.That(all.Select(file => file.Id), Is.EqualTo(new[] { other.Id, second, first }));
    }

    [Test]
    public async Task Delete_OfAFile_ForgetsIt()
    {
        string id = (await UploadAsync("a")).Id;

        FileDeletionResult deleted = await _files.DeleteFileAsync(id);

        Assert.That((deleted.FileId, deleted.Deleted), Is.EqualTo((id, true)));
        Assert.That(_emulator.Ledger.FilesHeld, Is.Empty);
        Assert.That(() => _files.GetFileAsync(id), Refused(404));
    }

    [Test]
    public async Task GetBatches_WithALimit_WalksEveryPage()
    {
        string file = (await UploadAsync(TestGateway.Lines(1))).Id;
        List<string> created = [];
        for (int i = 0; i < 5; i++)
            created.Insert(0, (await CreateAsync(file)).BatchId);

        List<string> seen = [];
        int pages = 0;
        await foreach (ClientResult page in _batches.GetBatchesAsync(null, 2, new RequestOptions()).GetRawPagesAsync())
        {
            pages++;
            seen.AddRange(Json(page).GetProperty("data").EnumerateArray().Select(batch => batch.Text("id")!));
        }

        Assert.That(seen, Is.EqualTo(created));
        Assert.That(pages, Is.EqualTo(3));
        Assert.That(_emulator.Ledger.Count(_emulator.OnListBatches), Is.EqualTo(3));
    }

    [Test]
    public async Task Cancel_OfABatch_EndsCancelledWithItsErrorFile()
    {
        CreateBatchOperation operation = await CreateAsync((await UploadAsync(TestGateway.Lines(3))).Id);

        JsonElement cancelling = Json(await operation.CancelAsync(null));
        _emulator.Clock.Advance(TimeSpan.FromMinutes(10));
        await operation.UpdateStatusAsync();
        JsonElement batch = Json(await operation.GetBatchAsync(null));

        Assert.That((cancelling.Text("status"), batch.Text("status")), Is.EqualTo(("cancelling", "cancelled")));
        Assert.That(operation.HasCompleted, Is.True);
        List<JsonElement> lines = await LinesAsync(batch.Text("error_file_id")!);
        Assert.That(lines.Select(line => line.Text("error", "code")), Is.EqualTo(Enumerable.Repeat("batch_cancelled", 3)));
        Assert.That(() => operation.CancelAsync(null), Refused(409));
    }

    [Test]
    public async Task Call_ThatIsRefused_ShowsStatusAndReason()
    {
        string file = (await UploadAsync(TestGateway.Lines(1))).Id;
        OpenAIClient stranger = Client("wrong");

        Assert.That(() => stranger.GetOpenAIFileClient().GetFileAsync(file), Refused(401, "invalid_api_key"));
        Assert.That(() => stranger.GetBatchClient().GetBatchAsync("batch_1", new RequestOptions()), Refused(401, "Incorrect API key"));
        Assert.That(() => _batches.GetBatchAsync("batch_unknown", new RequestOptions()), Refused(404, "No batch found with id 'batch_unknown'."));
        Assert.That(() => _files.DownloadFileAsync("file-unknown"), Refused(404, "No such File object: file-unknown"));
        Assert.That(() => CreateAsync(file, endpoint: "/v1/nowhere"), Refused(400, "Invalid value: '/v1/nowhere'"));
        Assert.That(() => CreateAsync("file-unknown"), Refused(400, "file-unknown"));
        Assert.That(_emulator.Ledger.BatchesCreated, Is.Empty);
    }

    private OpenAIClient Client(string key) => new(new ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = _emulator.BaseUrl });

    private async Task<OpenAIFile> UploadAsync(string text) =>
        await _files.UploadFileAsync(BinaryData.FromString(text), "requests.jsonl", FileUploadPurpose.Batch);

    private Task<CreateBatchOperation> CreateAsync(string fileId, string endpoint = TestGateway.Chat)
    {
        string body = $$"""{"input_file_id":"{{fileId}}","endpoint":"{{endpoint}}","completion_window":"24h"}""";
        return _batches.CreateBatchAsync(BinaryContent.Create(BinaryData.FromString(body)), waitUntilCompleted: false);
    }

    private async Task<List<JsonElement>> LinesAsync(string fileId)
    {
        BinaryData content = await _files.DownloadFileAsync(fileId);
        return [.. content.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private static JsonElement Json(ClientResult result) => JsonDocument.Parse(result.GetRawResponse().Content).RootElement;

    private static NUnit.Framework.Constraints.IResolveConstraint Refused(int status, string message = "") =>
        Throws.InstanceOf<ClientResultException>()
            .With.Property(nameof(ClientResultException.Status)).EqualTo(status)
            .And.Message.Contains(message);
}
