using BatchGateway.Tests.Wire;

namespace BatchGateway.Tests.Internal.Http;

public sealed class ContentAnswerTests
{
    [TestCase(202)]
    [TestCase(204)]
    [TestCase(206)]
    public async Task ContentAsync_SuccessThatIsNotTheWholeFile_IsNoContent(int status)
    {
        await using RawServer server = new(RawAnswer.Text(status, status == 204 ? "" : "half", null));
        using OwnedBatchClient client = WireClient.Of(server);

        BatchResponseException? exception = await Assert.ThrowsAsync<BatchResponseException>(() => client.Files.GetContentAsync("file-1"));

        Assert.That(exception!.Message, Does.Contain($"{status}"));
    }

    [Test]
    public async Task ContentAsync_PartThatWasAskedFor_IsGiven()
    {
        await using RawServer server = new(RawAnswer.Text(206, "half", null));
        using OwnedBatchClient client = WireClient.Of(server);

        await using BatchFileContent content = await client.Files.GetContentAsync("file-1", new BatchCallOptions { Headers = { ["Range"] = "bytes=0-3" } });

        Assert.That(await new StreamReader(content.Stream).ReadToEndAsync(), Is.EqualTo("half"));
    }

    [Test]
    public async Task ContentAsync_CompressedThoughNobodyAskedForIt_IsAnErrorAndNotTakenForTheFile()
    {
        await using RawServer server = new(RawAnswer.Text(200, "zipped", null, "Content-Encoding: gzip"));
        using OwnedBatchClient client = WireClient.Of(server);

        BatchResponseException? exception = await Assert.ThrowsAsync<BatchResponseException>(() => client.Files.GetContentAsync("file-1"));

        Assert.That(exception!.Message, Does.Contain("gzip"));
    }
}
