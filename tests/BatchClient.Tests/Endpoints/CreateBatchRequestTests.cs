using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Endpoints;

public sealed class CreateBatchRequestTests
{
    private static readonly CreateBatchRequest Least = new() { InputFileId = "file-1", Endpoint = BatchEndpoint.ChatCompletions };

    [Test]
    public async Task Create_OnlyWhatIsRequired_SendsTheWindowOfADay() => Assert.That(
        await SentAsync(Least), Is.EqualTo("""{"input_file_id":"file-1","endpoint":"/v1/chat/completions","completion_window":"24h"}"""));

    [Test]
    public async Task Create_WindowNull_IsLeftOut() => Assert.That(
        await SentAsync(Least with { CompletionWindow = null }), Is.EqualTo("""{"input_file_id":"file-1","endpoint":"/v1/chat/completions"}"""));

    [Test]
    public async Task Create_Everything_IsSent() => Assert.That(
        await SentAsync(Least with
        {
            CompletionWindow = "48h",
            JobName = "nightly",
            Metadata = new Dictionary<string, string> { ["team"] = "search" },
            OutputExpiresAfter = TimeSpan.FromDays(1),
        }),
        Is.EqualTo("""{"input_file_id":"file-1","endpoint":"/v1/chat/completions","completion_window":"48h","job_name":"nightly","metadata":{"team":"search"},"output_expires_after":{"anchor":"created_at","seconds":86400}}"""));

    [Test]
    public async Task Create_EndpointNobodyKnows_IsSentAsItIs() => Assert.That(
        await SentAsync(Least with { Endpoint = new BatchEndpoint("/v1/Dreams_of_x") }), Does.Contain("\"endpoint\":\"/v1/Dreams_of_x\""));

    [Test]
    public async Task Create_AnswerIsAnArnAndNothingElse_IsABatch()
    {
        byte[] answer = await File.ReadAllBytesAsync(Path.Combine(SourceTree.Fixtures, "Batches", "arn_only.json"));
        using StubbedClient gateway = new(StubHandler.Json(answer));

        Batch batch = await gateway.Client.Batches.CreateAsync(Least);
        await gateway.Client.Batches.GetAsync(batch.Id);

        Assert.That(batch.Status.Kind, Is.EqualTo(BatchStatusKind.Unknown));
        Assert.That(batch.RawJson.ToArray(), Is.EqualTo(answer));
        Assert.That(gateway.Stub.Requests[1].Uri.AbsolutePath, Is.EqualTo("/v1/batches/" + batch.Id), "the id goes back as it came");
    }

    [TestCase("""{"id":null,"object":"batch"}""")]
    [TestCase("""{"object":"batch"}""")]
    [TestCase("""{"error":{"message":"No."}}""")]
    [TestCase("<html></html>")]
    [TestCase("")]
    public async Task Create_AnswerWithoutAnId_IsAmbiguous(string answer)
    {
        using StubbedClient gateway = new(StubHandler.Json(answer));

        AmbiguousCreateException? failure = await Assert.ThrowsAsync<AmbiguousCreateException>(async () => await gateway.Client.Batches.CreateAsync(Least));

        Assert.That(failure!.InputFileId, Is.EqualTo("file-1"));
        Assert.That(failure.InnerException, Is.TypeOf<BatchResponseException>());
        Assert.That(gateway.Stub.Requests, Has.Count.EqualTo(1));
    }

    [TestCase("")]
    [TestCase(" ")]
    public async Task Create_NoInputFile_ThrowsAndSendsNothing(string inputFileId)
    {
        using StubbedClient gateway = new(StubHandler.Json("""{"id":"batch_1"}"""));

        await Assert.ThrowsAsync<ArgumentException>(async () => await gateway.Client.Batches.CreateAsync(Least with { InputFileId = inputFileId }));

        Assert.That(gateway.Stub.Requests, Is.Empty);
    }

    private static async Task<string> SentAsync(CreateBatchRequest request)
    {
        using StubbedClient gateway = new(StubHandler.Json("""{"id":"batch_1"}"""));
        await gateway.Client.Batches.CreateAsync(request);
        return gateway.Stub.Requests.Single().Text;
    }
}
