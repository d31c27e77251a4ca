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
