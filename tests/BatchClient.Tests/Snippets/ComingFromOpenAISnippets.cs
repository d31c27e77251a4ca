#pragma warning disable OPENAI001 // The batch client of the OpenAI package is marked as experimental.
using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using BatchGateway.Emulator;
using OpenAI;
using OpenAI.Batch;
using OpenAI.Chat;
using OpenAI.Files;

namespace BatchGateway.Tests.Snippets;

/// <summary>The same job with OpenAI's package and with this one, against the same gateway.</summary>
public sealed class ComingFromOpenAISnippets
{
    [Test]
    public async Task Create_Theirs_MakesABatch()
    {
        await using Fixture fixture = await StartAsync();
        string path = await PathAsync(fixture);
        (OpenAIFileClient files, BatchClient batches) = Theirs(fixture);

        OpenAIFile input = await files.UploadFileAsync(path, FileUploadPurpose.Batch);
        CreateBatchOperation operation = await batches.CreateBatchAsync(
            BinaryContent.Create(BinaryData.FromObjectAsJson(new
            {
                input_file_id = input.Id,
                endpoint = "/v1/chat/completions",
                completion_window = "24h",
            })),
            waitUntilCompleted: false);

        Assert.That(fixture.Emulator.Ledger.BatchesCreated, Is.EqualTo(new[] { operation.BatchId }));
    }

    [Test]
    public async Task Create_Ours_MakesABatch()
    {
        await using Fixture fixture = await StartAsync();
        string path = await PathAsync(fixture);
        IBatchClient gateway = fixture.Gateway;

        BatchFile input = await gateway.Files.UploadAsync(path);
        Batch batch = await gateway.Batches.CreateAsync(new CreateBatchRequest
        {
            InputFileId = input.Id,
            Endpoint = BatchEndpoint.ChatCompletions,
        });

        Assert.That(fixture.Emulator.Ledger.BatchesCreated, Is.EqualTo(new[] { batch.Id }));
    }

    [Test]
    public async Task Status_BothSides_SayTheSame()
    {
        await using Fixture fixture = await StartAsync();
        (_, BatchClient batches) = Theirs(fixture);
        string batchId = (await fixture.Gateway.SubmitAsync(Fixture.Lines)).BatchId!;
        fixture.Emulator.Clock.Advance(TimeSpan.FromHours(1));

        (string? status, long completed) theirs = await StatusOfTheirsAsync(batches, batchId);
        (bool isCompleted, long? done) ours = await StatusOfOursAsync(fixture.Gateway, batchId);

        Assert.That(theirs, Is.EqualTo(("completed", 2L)));
        Assert.That(ours, Is.EqualTo((true, (long?)2)));
    }

    [Test]
    public async Task Wait_BothSides_ComeToTheEnd()
    {
        await using Fixture fixture = await StartAsync();
        (_, BatchClient batches) = Theirs(fixture);
        IBatchClient gateway = fixture.Gateway;
        string batchId = (await gateway.SubmitAsync(Fixture.Lines)).BatchId!;
        fixture.Emulator.Clock.Advance(TimeSpan.FromHours(1));

        Assert.That(await WaitForTheirsAsync(batches, batchId), Is.True);
        Assert.That((await WaitForOursAsync(gateway, batchId)).Status, Is.EqualTo(BatchStatus.Completed));
    }

    [Test]
    public async Task Results_BothSides_AreTheSame()
    {
        await using Fixture fixture = await StartAsync();
        (OpenAIFileClient files, _) = Theirs(fixture);
        BatchOperation operation = await fixture.Gateway.SubmitAsync(Fixture.Lines);
        string outputFileId = (await operation.WaitAsync()).OutputFileId!;

        Dictionary<string, string?> theirs = await TextsOfTheirsAsync(files, outputFileId);
        Dictionary<string, string?> ours = await TextsOfOursAsync(operation);

        Assert.That(theirs, Has.Count.EqualTo(2));
        Assert.That(ours, Is.EquivalentTo(theirs));
    }

    [Test]
    public async Task Refusal_BothSides_SayTheStatus()
    {
        await using Fixture fixture = await StartAsync();
        (_, BatchClient batches) = Theirs(fixture);
        IBatchClient gateway = fixture.Gateway;
        using StringWriter report = new();

        try
        {
            await batches.GetBatchAsync("batch_unknown", new RequestOptions());
        }
        catch (ClientResultException exception)
        {
            report.WriteLine($"{exception.Status}: {exception.Message}");
        }

        try
        {
            await gateway.Batches.GetAsync("batch_unknown");
        }
        catch (BatchApiException exception)
        {
            report.WriteLine($"{(int)exception.StatusCode}: {exception.Error.Code}, {exception.Message}");
        }

        Assert.That(report.ToString().Split('\n'), Has.Exactly(2).StartsWith("404: "));
    }

    [Test]
    public async Task Create_AnswerIsLost_TheirsMakesASecondBatchAndOursDoesNot()
    {
        await using Fixture theirs = await StartAsync();
        await using Fixture ours = await StartAsync();
        (OpenAIFileClient files, BatchClient batches) = Theirs(theirs);
        OpenAIFile input = await files.UploadFileAsync(await PathAsync(theirs), FileUploadPurpose.Batch);
        string request = $$"""{"input_file_id":"{{input.Id}}","endpoint":"/v1/chat/completions","completion_window":"24h"}""";
        theirs.Emulator.OnCreateBatch.AnswerAfterWork(502);
        ours.Emulator.OnCreateBatch.AnswerAfterWork(502);

        await batches.CreateBatchAsync(BinaryContent.Create(BinaryData.FromString(request)), waitUntilCompleted: false);
        BatchOperation found = await ours.Gateway.SubmitAsync(Fixture.Lines);

        Assert.That(theirs.Emulator.Ledger.BatchesCreated, Has.Count.EqualTo(2));
        Assert.That(ours.Emulator.Ledger.BatchesCreated, Is.EqualTo(new[] { found.BatchId }));
    }

    [Test]
    public async Task Body_OfALine_IsReadByTheirTypes()
    {
        await using Fixture fixture = await StartAsync();
        BatchOperation operation = await fixture.Gateway.SubmitAsync(Fixture.Lines);
        await operation.WaitAsync();
        long tokens = 0;

        await foreach (BatchResultLine line in operation.ReadResultsAsync())
        {
            ChatCompletion completion = ModelReaderWriter.Read<ChatCompletion>(BinaryData.FromBytes(line.Body))!;
            tokens += completion.Usage.TotalTokenCount;
        }

        Assert.That(tokens, Is.Positive);
    }

    /// <summary>Shown on the page; the addresses are real ones.</summary>
    internal static void Make(string key)
    {
        OpenAIClient client = new(new ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = new Uri("https://gateway.example/v1") });
        OpenAIFileClient files = client.GetOpenAIFileClient();
        BatchClient batches = client.GetBatchClient();

        using OwnedBatchClient gateway = BatchClientFactory.Create(new BatchGatewayOptions
        {
            ControlPlaneUrl = "https://gateway.example",
            ApiPath = "/v1",
            ApiKey = key,
        });

        _ = (files, batches);
    }

    private static async Task<(string? Status, long Completed)> StatusOfTheirsAsync(BatchClient batches, string batchId)
    {
        ClientResult answer = await batches.GetBatchAsync(batchId, new RequestOptions());
        using JsonDocument json = JsonDocument.Parse(answer.GetRawResponse().Content);
        string? status = json.RootElement.GetProperty("status").GetString();
        long completed = json.RootElement.GetProperty("request_counts").GetProperty("completed").GetInt64();
        return (status, completed);
    }

    private static async Task<(bool IsCompleted, long? Completed)> StatusOfOursAsync(IBatchClient gateway, string batchId)
    {
        Batch batch = await gateway.Batches.GetAsync(batchId);
        bool isCompleted = batch.Status == BatchStatus.Completed;
        long? completed = batch.RequestCounts?.Completed;
        return (isCompleted, completed);
    }

    private static async Task<bool> WaitForTheirsAsync(BatchClient batches, string batchId)
    {
        CreateBatchOperation operation = await CreateBatchOperation.RehydrateAsync(batches, batchId);
        await operation.WaitForCompletionAsync();
        return operation.HasCompleted;
    }

    private static async Task<Batch> WaitForOursAsync(IBatchClient gateway, string batchId)
    {
        BatchOperation operation = gateway.Attach(batchId);
        Batch end = await operation.WaitAsync(new WaitOptions { Timeout = TimeSpan.FromHours(30) });
        return end;
    }

    private static async Task<Dictionary<string, string?>> TextsOfTheirsAsync(OpenAIFileClient files, string outputFileId)
    {
        Dictionary<string, string?> texts = [];
        BinaryData content = await files.DownloadFileAsync(outputFileId);   // and once more for the error file
        foreach (string line in content.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using JsonDocument json = JsonDocument.Parse(line);
            JsonElement body = json.RootElement.GetProperty("response").GetProperty("body");
            texts[json.RootElement.GetProperty("custom_id").GetString()!] =
                body.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();
        }

        return texts;
    }

    private static async Task<Dictionary<string, string?>> TextsOfOursAsync(BatchOperation operation)
    {
        Dictionary<string, string?> texts = [];
        await foreach (BatchResultLine line in operation.ReadResultsAsync())   // both files; line.Kind says how each line ended
            texts[line.CustomId!] = line.ChatText;
        return texts;
    }

    private static Task<Fixture> StartAsync() => Fixture.StartAsync(new EmulatorOptions { Personality = EmulatorPersonality.OpenAI });

    private static async Task<string> PathAsync(Fixture fixture)
    {
        string path = fixture.PathOf("requests.jsonl");
        await File.WriteAllTextAsync(path, Fixture.OneLine);
        return path;
    }

    private static (OpenAIFileClient Files, BatchClient Batches) Theirs(Fixture fixture)
    {
        OpenAIClient client = new(
            new ApiKeyCredential(fixture.Emulator.ApiKey),
            new OpenAIClientOptions { Endpoint = fixture.Emulator.BaseUrl, RetryPolicy = new AtOnce() });
        return (client.GetOpenAIFileClient(), client.GetBatchClient());
    }

    /// <summary>Their own rules about what is sent again, without the pauses.</summary>
    private sealed class AtOnce() : ClientRetryPolicy(maxRetries: 3)
    {
        protected override TimeSpan GetNextDelay(PipelineMessage message, int tryCount) => TimeSpan.Zero;
    }
}
