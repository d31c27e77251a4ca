using System.Text.Json;
using BatchGateway.Internal.Json;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Internal.Endpoints;

public sealed class AnswerReaderTests
{
    [TestCase("""{"id":null,"object":"batch"}""", TestName = "Get_IdIsNull_SaysSo")]
    [TestCase("""{"id":"","object":"batch"}""", TestName = "Get_IdIsEmpty_SaysSo")]
    [TestCase("""{"object":"batch"}""", TestName = "Get_IdIsMissing_SaysSo")]
    [TestCase("\uFEFF{\"object\":\"batch\"}", TestName = "Get_IdIsMissingBehindABom_SaysSo")]
    public async Task Get_NoId_SaysSo(string json)
    {
        BatchResponseException failure = await RefusedAsync(json);

        Assert.That(failure.Message, Does.Contain("it has no").And.Contain("id"));
        Assert.That(failure.Body, Does.Contain("batch"));
    }

    [TestCase("", "it is empty")]
    [TestCase("null", "it is null")]
    [TestCase("not json", "it is no JSON")]
    [TestCase("[]", "it is no JSON")]
    [TestCase("<html><title>Sign in</title></html>", "HTML page")]
    [TestCase("""{"id":"b","error":{"code":"boom","message":"No."}}""", "it carries an error (boom: No.)")]
    [TestCase("""{"error":{"code":"boom","message":"No."}}""", "it carries an error (boom: No.)")]
    public async Task Get_AnswerThatIsNoBatch_SaysWhatItIs(string body, string problem) =>
        Assert.That((await RefusedAsync(body)).Message, Does.Contain(problem));

    [Test]
    public async Task Get_ErrorInA200_IsKept()
    {
        BatchResponseException failure = await RefusedAsync("""{"error":{"code":"boom","message":"No.","param":"p","type":"t"}}""");

        Assert.That(failure.Error?.Code, Is.EqualTo(new BatchErrorCode("boom")));
        Assert.That(failure.Error?.Message, Is.EqualTo("No."));
        Assert.That(failure.Error?.Param, Is.EqualTo("p"));
        Assert.That(failure.Error?.Type, Is.EqualTo("t"));
    }

    [TestCase("""{"object":"list"}""", "it is no list")]
    [TestCase("""{"data":null}""", "it is no list")]
    [TestCase("""{"data":{}}""", "it is no list")]
    [TestCase("7", "it is no list")]
    [TestCase("""{"data":[{"id":"a"},{"object":"batch"}]}""", "it has no id")]
    [TestCase("""{"data":[{"id":"a"},{"id":null}]}""", "item 2 of the list has no id")]
    [TestCase("""{"error":{"code":"boom","message":"No."}}""", "it carries an error (boom: No.)")]
    public async Task List_AnswerThatIsNoList_SaysWhatItIs(string body, string problem)
    {
        using StubbedClient gateway = new(StubHandler.Json(body));

        BatchResponseException? failure = await Assert.ThrowsAsync<BatchResponseException>(async () => await gateway.Client.Batches.ListPageAsync());

        Assert.That(failure!.Message, Does.Contain(problem));
    }

    [Test]
    public async Task Get_BomBeforeTheJson_IsReadOver()
    {
        using StubbedClient gateway = new(StubHandler.Json("\uFEFF{\"id\":\"batch_1\"}"));

        Batch batch = await gateway.Client.Batches.GetAsync("batch_1");

        Assert.That(batch.Id, Is.EqualTo("batch_1"));
        Assert.That(batch.RawJson.ToArray(), Is.EqualTo("""{"id":"batch_1"}"""u8.ToArray()));
    }

    [TestCase("""{"id":"file-1","object":"file","deleted":true}""", true)]
    [TestCase("""{"id":"file-1","deleted":false}""", false)]
    [TestCase("""{"id":"file-1"}""", true)]
    [TestCase("""{"id":"file-1","error":null}""", true)]
    [TestCase("", true)]
    [TestCase(" \r\n", true)]
    public async Task Delete_Answer_IsRead(string body, bool deleted)
    {
        using StubbedClient gateway = new(StubHandler.Json(body));

        Assert.That(await gateway.Client.Files.DeleteAsync("file-1"), Is.EqualTo(deleted));
    }

    [TestCase("""{"id":"batch_1","\ud800unknown":1,"metadata":{"\ud800":"v"},"request_counts":{"\ud800":1}}""")]
    [TestCase("""{"id":"batch_1","status":"\ud800","errors":[{"\ud800":1,"message":"m"}],"metadata":{"k":"\ud800"}}""")]
    public async Task Get_LoneSurrogates_NoMemberThrowsAnythingButOurs(string json)
    {
        using StubbedClient gateway = new(StubHandler.Json(json));

        Batch? batch = await ReadAsync(gateway);

        Assert.That(() => batch is null ? "" : ModelText.Of(batch), Throws.Nothing);
    }

    /// <summary>It would look as if the connection had failed.</summary>
    [Test]
    public async Task List_BrokenUtf8InAnUnknownMember_IsRead()
    {
        byte[] json = [.. "{\"data\":[{\"id\":\"batch_1\",\"x\":\""u8, 0xE4, .. "\"}]}"u8];
        using StubbedClient gateway = new(StubHandler.Json(json));

        ListPage<Batch> page = await gateway.Client.Batches.ListPageAsync();

        Assert.That(page.Data.Single().AdditionalProperties["x"].GetString(), Is.EqualTo("\uFFFD"));
        Assert.That(json.AsSpan().IndexOf(page.Data.Single().RawJson.Span), Is.GreaterThan(0));
    }

    [TestCase("""{"id":"batch_1","status":"completed","x":{"y":"\ud800"}}""")]
    [TestCase("""{"id":"batch_1","status":"completed","\ud800abcdefgh":1}""")]
    public async Task Get_HalfOfASurrogatePair_IsReadAndCanBeWritten(string json)
    {
        using StubbedClient gateway = new(StubHandler.Json(json));

        Batch batch = await gateway.Client.Batches.GetAsync("batch_1");

        Assert.That(batch.Status, Is.EqualTo(BatchStatus.Completed));
        Assert.That(batch.AdditionalProperties, Has.Count.EqualTo(1));
        Assert.That(() => JsonSerializer.Serialize(batch, BatchJsonContext.Default.Batch), Does.Contain("completed"));
    }

    [Test]
    public async Task Get_CountsThatRunOver_AreAsLargeAsCanBe()
    {
        using StubbedClient gateway = new(StubHandler.Json(
            """{"id":"batch_1","request_counts":{"processing":9223372036854775807,"succeeded":9223372036854775807}}"""));

        Assert.That((await gateway.Client.Batches.GetAsync("batch_1")).RequestCounts!.Total, Is.EqualTo(long.MaxValue));
    }

    /// <summary>The batch; null when it is refused as no JSON that can be read. Anything else that is thrown fails the test.</summary>
    private static async Task<Batch?> ReadAsync(StubbedClient gateway)
    {
        try
        {
            return await gateway.Client.Batches.GetAsync("batch_1");
        }
        catch (BatchResponseException)
        {
            return null;
        }
    }

    private static async Task<BatchResponseException> RefusedAsync(string body)
    {
        using StubbedClient gateway = new(StubHandler.Json(body));
        return (await Assert.ThrowsAsync<BatchResponseException>(async () => await gateway.Client.Batches.GetAsync("batch_1")))!;
    }
}
