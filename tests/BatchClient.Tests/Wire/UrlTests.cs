namespace BatchGateway.Tests.Wire;

public sealed class UrlTests
{
    private const string Root = BatchGatewayOptions.DefaultApiPath;

    [TestCaseSource(typeof(WireCall), nameof(WireCall.All))]
    public async Task Send_EachCall_HasItsMethodAndTarget(object of)
    {
        WireCall call = (WireCall)of;
        await using RawServer server = new(call.Success);
        using OwnedBatchClient client = WireClient.Of(server);

        await call.SendAsyncTo(client);

        Assert.That($"{server.Single.Method} {server.Single.Target}", Is.EqualTo($"{call.Method} {Root}{call.Path}"));
        Assert.That(server.Single["Host"], Is.EqualTo($"127.0.0.1:{server.Port}"));
    }

    [TestCase("batch_1", "batch_1")]
    [TestCase("-leading", "-leading")]
    [TestCase("_leading.~", "_leading.~")]
    [TestCase("arn:aws:bedrock:us-east-1:1:model-invocation-job/abc", "arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Amodel-invocation-job%2Fabc")]
    [TestCase("arn%3Aaws%3Abedrock%3Aus-east-1%2Fabc", "arn%3Aaws%3Abedrock%3Aus-east-1%2Fabc")]
    [TestCase("arn%3aaws%2fx", "arn%3aaws%2fx")]
    [TestCase("gs://bucket/a b.jsonl", "gs%3A%2F%2Fbucket%2Fa%20b.jsonl")]
    [TestCase("s3://b/k?versionId=1#x", "s3%3A%2F%2Fb%2Fk%3FversionId%3D1%23x")]
    [TestCase("100%", "100%25")]
    [TestCase("%zz", "%25zz")]
    [TestCase("a+b", "a%2Bb")]
    [TestCase("a\\b", "a%5Cb")]
    [TestCase("ä", "%C3%A4")]
    [TestCase("%41%7E", "%41%7E")]
    public async Task Send_AnyId_IsEscapedExactlyOnce(string id, string segment)
    {
        await using RawServer server = new(
            WireCall.Get.Success, WireCall.Cancel.Success, WireCall.GetFile.Success, WireCall.DeleteFile.Success, WireCall.Content.Success);
        using OwnedBatchClient client = WireClient.Of(server);

        await client.Batches.GetAsync(id);
        await client.Batches.CancelAsync(id);
        await client.Files.GetAsync(id);
        await client.Files.DeleteAsync(id);
        await (await client.Files.ContentAsync(id)).DisposeAsync();

        Assert.That(server.Requests.Select(request => request.Target), Is.EqualTo(new[]
        {
            $"{Root}/batches/{segment}",
            $"{Root}/batches/{segment}/cancel",
            $"{Root}/files/{segment}",
            $"{Root}/files/{segment}",
            $"{Root}/files/{segment}/content",
        }));
    }

    [TestCase("")]
    [TestCase("  ")]
    [TestCase(".")]
    [TestCase("..")]
    [TestCase("%2e%2E")]
    [TestCase(".%2e")]
    public async Task Send_IdThatNamesAnotherResource_IsRefusedBeforeItIsSent(string id)
    {
        await using RawServer server = new();
        using OwnedBatchClient client = WireClient.Of(server);

        Assert.That(async () => await client.Batches.GetAsync(id), Throws.ArgumentException.With.Property("ParamName").EqualTo("batchId"));
        Assert.That(async () => await client.Files.DeleteAsync(id), Throws.ArgumentException.With.Property("ParamName").EqualTo("fileId"));
        Assert.That(server.Requests, Is.Empty);
    }

    [Test]
    public async Task ListPage_AllArguments_AreTheQuery()
    {
        await using RawServer server = new(WireCall.List.Success, WireCall.ListFiles.Success);
        using OwnedBatchClient client = WireClient.Of(server);

        await client.Batches.ListPageAsync("gs://a&b=c", 7);
        await client.Files.ListPageAsync(FilePurpose.Batch, "file/1", 100, "asc");

        Assert.That(server.Requests.Select(request => request.Target), Is.EqualTo(new[]
        {
            $"{Root}/batches?limit=7&after=gs%3A%2F%2Fa%26b%3Dc",
            $"{Root}/files?purpose=batch&limit=100&after=file%2F1&order=asc",
        }));
    }

    [TestCase("", "/api/llm", "/api/llm/batches")]
    [TestCase("/", "/api/llm/", "/api/llm/batches")]
    [TestCase("//", "v1", "/v1/batches")]
    [TestCase("/gateway", "/v1", "/gateway/v1/batches")]
    [TestCase("/gateway/", "", "/gateway/batches")]
    [TestCase("", "", "/batches")]
    [TestCase("", "/", "/batches")]
    [TestCase("/a%20b", "/c%2Fd", "/a%20b/c%2Fd/batches")]
    public async Task Send_AddressWithPaths_AreJoinedByOneSlash(string path, string apiPath, string target)
    {
        await using RawServer server = new(WireCall.List.Success);
        using OwnedBatchClient client = WireClient.Of(server, options =>
        {
            options.ControlPlaneUrl = server.Origin + path;
            options.ApiPath = apiPath;
        });

        await client.Batches.ListPageAsync();

        Assert.That(server.Single.Target, Is.EqualTo(target));
    }
}
