using System.Net;
using BatchGateway.Tests.Support;
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

    /// <summary>As HTTP/2 and a handler of the application's can bring it: it would be written on and on.</summary>
    [Test]
    public async Task ContentAsync_LongerThanPromised_IsAnErrorAsSoonAsItIs()
    {
        using StubbedClient gateway = new(new StubHandler(_ =>
        {
            HttpResponseMessage response = StubHandler.Answer(HttpStatusCode.OK, []);
            response.Content = new StreamContent(new MemoryStream(new byte[20])) { Headers = { ContentLength = 10 } };
            return response;
        }));

        await using BatchFileContent content = await gateway.Client.Files.GetContentAsync("file-1");
        BatchResponseException? exception = await Assert.ThrowsAsync<BatchResponseException>(() => content.Stream.CopyToAsync(Stream.Null));

        Assert.That(exception!.Message, Does.Contain("10 bytes"));
    }
}
