using System.Net;

namespace BatchGateway.Tests.Wire;

/// <summary>Answers that say yes and make no sense.</summary>
public sealed class ResponseTests
{
    private static readonly string[] Senseless = ["", "  \r\n", "<html><title>Sign in</title></html>", "null", "[]", "\"ok\"", "{}", "{\"id\":null}", "{\"id\":\"\"}", "{\"id\":"];

    [TestCaseSource(nameof(Senseless))]
    public async Task Send_SuccessWithoutAModel_IsAResponseException(string body)
    {
        await using RawServer server = new() { Otherwise = RawAnswer.Json(200, body, "x-request-id: req_7") };
        using OwnedBatchClient client = WireClient.Of(server);

        foreach (WireCall call in new[] { WireCall.Get, WireCall.Cancel, WireCall.GetFile, WireCall.Upload })
        {
            BatchResponseException failed = (await Assert.ThrowsAsync<BatchResponseException>(() => call.SendAsyncTo(client)))!;
            Assert.That(failed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(failed.RequestId, Is.EqualTo("req_7"));
            Assert.That(failed.Body, Is.EqualTo(body));
            Assert.That(failed.Error, Is.Null);
        }

        Assert.That(server.Requests, Has.Count.EqualTo(4), "an answer that makes no sense is not asked for again");
    }

    [TestCase("<html><title>Sign in</title></html>", "an HTML page")]
    [TestCase("", "it is empty")]
    [TestCase("{}", "it has no id")]
    [TestCase("{\"id\":null}", "it has no batch id")]
    [TestCase("{\"id\":\"\"}", "no batch id")]
    [TestCase("[]", "it is no JSON object")]
    [TestCase("{\"id\":", "it is no JSON")]
    [TestCase("""{"error":{"message":"quota is used up","code":"insufficient_quota"}}""", "it carries an error (insufficient_quota: quota is used up)")]
    public async Task Get_SuccessWithoutABatch_SaysWhy(string body, string why)
    {
        await using RawServer server = new(RawAnswer.Json(200, body));
        using OwnedBatchClient client = WireClient.Of(server);

        BatchResponseException failed = (await Assert.ThrowsAsync<BatchResponseException>(() => client.Batches.GetAsync("b")))!;

        Assert.That(failed.Message, Does.StartWith("Getting batch 'b' failed: the gateway answered 200, but ").And.Contain(why).And.Contain("Check ControlPlaneUrl"));
    }

    [Test]
    public async Task Get_SuccessWithAnError_CarriesIt()
    {
        await using RawServer server = new(RawAnswer.Json(200, """{"error":{"message":"m","type":"t","param":"p","code":"c"}}"""));
        using OwnedBatchClient client = WireClient.Of(server);

        BatchResponseException failed = (await Assert.ThrowsAsync<BatchResponseException>(() => client.Batches.GetAsync("b")))!;

        Assert.That(new[] { failed.Error!.Code.ToString(), failed.Error.Type, failed.Error.Param, failed.Error.Message }, Is.EqualTo(new[] { "c", "t", "p", "m" }));
    }

    [TestCase("{\"object\":\"list\"}")]
    [TestCase("{\"data\":{}}")]
    [TestCase("{\"data\":[{}]}")]
    [TestCase("")]
    [TestCase("<html></html>")]
    [TestCase("{\"error\":{\"message\":\"m\",\"code\":\"c\"}}")]
    public async Task List_NoList_IsAResponseException(string body)
    {
        await using RawServer server = new() { Otherwise = RawAnswer.Json(200, body) };
        using OwnedBatchClient client = WireClient.Of(server);

        Assert.That(async () => await client.Batches.ListPageAsync(), Throws.TypeOf<BatchResponseException>());
        Assert.That(async () => await client.Files.ListPageAsync(), Throws.TypeOf<BatchResponseException>());
    }

    [TestCase("""{"data":[{"id":"a"},{"id":"b"}],"last_id":"cursor","has_more":true}""", "cursor", true)]
    [TestCase("""{"value":[{"id":"a"},{"id":"b"}]}""", "b", null)]
    [TestCase("""[{"id":"a"},{"id":"b"}]""", "b", null)]
    [TestCase("""{"data":[{"id":"a"},{"id":"b"}],"has_more":false,"last_id":null}""", "b", false)]
    public async Task List_EveryShapeOfAPage_IsRead(string body, string last, bool? more)
    {
        await using RawServer server = new(RawAnswer.Json(200, body));
        using OwnedBatchClient client = WireClient.Of(server);

        ListPage<Batch> page = await client.Batches.ListPageAsync();

        Assert.That(page.Data.Select(batch => batch.Id), Is.EqualTo(new[] { "a", "b" }));
        Assert.That((page.FirstId, page.LastId, page.HasMore), Is.EqualTo(("a", last, more)));
    }

    [TestCase("""{"id":"file-1","object":"file","deleted":true}""", true)]
    [TestCase("""{"id":"file-1","deleted":false}""", false)]
    [TestCase("{}", true)]
    [TestCase("", true)]
    public async Task Delete_EveryShapeOfYes_IsRead(string body, bool expected)
    {
        await using RawServer server = new(RawAnswer.Json(200, body));
        using OwnedBatchClient client = WireClient.Of(server);

        Assert.That(await client.Files.DeleteAsync("file-1"), Is.EqualTo(expected));
    }

    [TestCase("<html></html>")]
    [TestCase("{\"error\":{\"message\":\"m\",\"code\":\"c\"}}")]
    public async Task Delete_AnswerThatMakesNoSense_IsAResponseException(string body)
    {
        await using RawServer server = new(RawAnswer.Json(200, body));
        using OwnedBatchClient client = WireClient.Of(server);

        Assert.That(async () => await client.Files.DeleteAsync("file-1"), Throws.TypeOf<BatchResponseException>());
    }

    [Test]
    public async Task Get_AnswerOfAbsurdLength_IsAResponseException()
    {
        await using RawServer server = new(RawAnswer.Silence("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1100000\r\n" + new string('x', 0x1100000)));
        using OwnedBatchClient client = WireClient.Of(server);

        Assert.That(async () => await client.Batches.GetAsync("b"), Throws.TypeOf<BatchResponseException>().With.Message.Contains("longer than 16 MiB"));
    }

    [Test]
    public async Task List_PageOfTheMostFilesThereCanBe_IsRead()
    {
        // Ten thousand to a page is OpenAI's limit, and half a kilobyte for each is twice of what one has.
        string filler = new('x', 400);
        IEnumerable<string> files = Enumerable.Range(0, 10_000).Select(i => $$"""{"id":"file-{{i}}","object":"file","filename":"{{filler}}"}""");
        await using RawServer server = new(RawAnswer.Json(200, $$"""{"object":"list","data":[{{string.Join(',', files)}}]}"""));
        using OwnedBatchClient client = WireClient.Of(server);

        Assert.That((await client.Files.ListPageAsync()).Data, Has.Count.EqualTo(10_000));
    }

    [Test]
    public async Task Content_HtmlPage_IsAResponseException()
    {
        await using RawServer server = new(RawAnswer.Text(200, "<html>Sign in</html>", "text/html; charset=utf-8", "x-request-id: req_7"));
        using OwnedBatchClient client = WireClient.Of(server);

        BatchResponseException failed = (await Assert.ThrowsAsync<BatchResponseException>(() => client.Files.GetContentAsync("file-1")))!;

        Assert.That(failed.Message, Does.Contain("HTML page").And.Contain("Nothing was downloaded"));
        Assert.That((failed.StatusCode, failed.RequestId), Is.EqualTo((HttpStatusCode.OK, "req_7")));
    }
}
