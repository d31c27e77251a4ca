using System.Net;

namespace BatchGateway.Tests.Wire;

public sealed class ErrorTests
{
    [TestCase("""{"error":{"message":"No such model","type":"invalid_request_error","param":"model","code":"model_not_found"}}""",
        "model_not_found", "invalid_request_error", "model", "No such model")]
    [TestCase("""{"error":{"message":"m","type":null,"param":null,"code":null}}""", "", null, null, "m")]
    [TestCase("""{"error":{"message":"m","code":1234}}""", "1234", null, null, "m")]
    [TestCase("""{"error":{"code":"c"},"message":"beside"}""", "c", null, null, "beside")]
    [TestCase("""{"error":"just text"}""", "", null, null, "just text")]
    [TestCase("""{"error":"Not Found","message":"No route","statusCode":400}""", "", null, null, "Not Found")]
    [TestCase("""{"error":{"message":{"deep":1},"code":["a"]}}""", "[\"a\"]", null, null, "{\"deep\":1}")]
    [TestCase("""{"status":"failure","message":"The provider account is missing"}""", "", null, null, "The provider account is missing")]
    [TestCase("""{"detail":"No provider"}""", "", null, null, "No provider")]
    [TestCase("""{"detail":[{"loc":["body","endpoint"],"msg":"field required"}]}""", "", null, null,
        """[{"loc":["body","endpoint"],"msg":"field required"}]""")]
    [TestCase("""{"message":"m","code":"c","type":"t","param":"p"}""", "c", "t", "p", "m")]
    [TestCase("""{"type":"https://e.x/p","title":"Bad thing","status":400}""", "", "https://e.x/p", null, "Bad thing")]
    [TestCase("""{"errors":[{"code":"c","message":"first"},{"message":"second"}]}""", "c", null, null, "first")]
    [TestCase("""[{"error":{"code":400,"message":"google","status":"INVALID_ARGUMENT"}}]""", "400", null, null, "google")]
    [TestCase("""{"error":null,"message":"beside null"}""", "", null, null, "beside null")]
    [TestCase("\uFEFF{\"error\":{\"message\":\"after a BOM\"}}", "", null, null, "after a BOM")]
    [TestCase("{}", "", null, null, "{}")]
    [TestCase("", "", null, null, null)]
    [TestCase("upstream says no", "", null, null, "upstream says no")]
    [TestCase("{broken", "", null, null, "{broken")]
    [TestCase("<html><head><title>400 Bad &amp; Ugly</title></head></html>", "", null, null, "an HTML page: 400 Bad & Ugly")]
    public async Task Send_EachEnvelope_BecomesTheMembersOfTheException(string body, string code, string? type, string? param, string? message)
    {
        await using RawServer server = new(RawAnswer.Json(400, body, "x-request-id: req_7"));
        using OwnedBatchClient client = WireClient.Of(server);

        BatchApiException refused = (await Assert.ThrowsAsync<BatchApiException>(() => client.Batches.GetAsync("batch_1")))!;

        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(new[] { refused.Error.Code.ToString(), refused.Error.Type, refused.Error.Param, refused.Error.Message },
            Is.EqualTo(new[] { code, type, param, message }));
        Assert.That(refused.RequestId, Is.EqualTo("req_7"));
        Assert.That(refused.RetryAfter, Is.Null);
        Assert.That(refused.Body, Is.EqualTo(body));
        Assert.That(refused.Message, Does.StartWith("Getting batch 'batch_1' failed: the gateway answered 400").And.Contain(message ?? "."));
    }

    [TestCaseSource(typeof(WireCall), nameof(WireCall.All))]
    public async Task Send_Refusal_SaysWhatFailedHowThingsStandAndWhatToDo(object of)
    {
        WireCall call = (WireCall)of;
        await using RawServer server = new(RawAnswer.Json(400, """{"error":{"message":"m.","code":"c","param":"p"}}"""));
        using OwnedBatchClient client = WireClient.Of(server);

        BatchApiException refused = (await Assert.ThrowsAsync<BatchApiException>(() => call.SendAsyncTo(client)))!;

        string state = call.Operation switch
        {
            "batch.create" => "No batch was created.",
            "file.upload" => "No file was stored.",
            "file.content" => "Nothing was downloaded.",
            "batch.cancel" or "file.delete" => "Things stand as they were.",
            _ => "Nothing was changed.",
        };
        Assert.That(refused.Message, Does.Match($"^[A-Z][a-z]+ing .* failed: the gateway answered 400, code 'c', param 'p': m\\. {state} .*x-tfy-provider-name was 'openai-main'"));
    }

    [TestCase(400)]
    [TestCase(403)]
    [TestCase(404)]
    public async Task Send_NoProviderAndARefusal_NamesTheMissingHeader(int status)
    {
        await using RawServer server = new(RawAnswer.Json(status, """{"error":{"message":"m"}}"""));
        using OwnedBatchClient client = WireClient.Of(server, options => options.Provider = null);

        BatchApiException refused = (await Assert.ThrowsAsync<BatchApiException>(() => client.Batches.GetAsync("b")))!;

        Assert.That(refused.Message, Does.Contain("x-tfy-provider-name was not sent").And.Contain("set Provider"));
    }

    [TestCase("x-request-id")]
    [TestCase("request-id")]
    [TestCase("x-tfy-request-id")]
    [TestCase("apim-request-id")]
    [TestCase("x-ms-request-id")]
    public async Task Send_RequestIdUnderAnyName_IsKept(string header)
    {
        await using RawServer server = new(RawAnswer.Json(400, "{}", $"{header}: req_7"));
        using OwnedBatchClient client = WireClient.Of(server);

        Assert.That((await Assert.ThrowsAsync<BatchApiException>(() => client.Batches.GetAsync("b")))!.RequestId, Is.EqualTo("req_7"));
    }

    [TestCase("Retry-After: 120", 120)]
    [TestCase("Retry-After: 0", 0)]
    [TestCase("Retry-After: Wed, 01 Jan 2020 00:02:00 GMT|Date: Wed, 01 Jan 2020 00:00:30 GMT", 90)]
    [TestCase("Retry-After: Wed, 01 Jan 2020 00:00:00 GMT|Date: Wed, 01 Jan 2020 00:00:30 GMT", 0)]
    [TestCase("Retry-After: Thu, 01 Jan 2026 01:00:00 GMT", 3600)]
    [TestCase("Retry-After: soon", null)]
    public async Task Send_RetryAfterInEitherForm_IsKept(string headers, int? seconds)
    {
        await using RawServer server = new(RawAnswer.Json(400, "{}", headers.Split('|')));
        using OwnedBatchClient client = WireClient.Of(server, options => options.TimeProvider = Emulator.EmulatorClock.Manual());

        BatchApiException refused = (await Assert.ThrowsAsync<BatchApiException>(() => client.Batches.GetAsync("b")))!;

        Assert.That(refused.RetryAfter, Is.EqualTo(seconds is { } some ? TimeSpan.FromSeconds(some) : (TimeSpan?)null));
    }

    [TestCase(20_000)]
    [TestCase(5_000_000)]
    public async Task Send_LongBody_IsKeptUpTo16KiB(int length)
    {
        await using RawServer server = new(RawAnswer.Json(400, new string('x', length)));
        using OwnedBatchClient client = WireClient.Of(server);

        BatchApiException refused = (await Assert.ThrowsAsync<BatchApiException>(() => client.Batches.GetAsync("b")))!;

        Assert.That(refused.Body, Has.Length.EqualTo(16 << 10));
        Assert.That(refused.Error.Message, Has.Length.LessThanOrEqualTo(2001));
    }

    [Test]
    public async Task Send_EndlessErrorBody_IsGivenUpAfterItsBeginning()
    {
        await using RawServer server = new(RawAnswer.Silence("HTTP/1.1 400 No\r\nTransfer-Encoding: chunked\r\n\r\n20000\r\n" + new string('x', 0x20000) + "\r\n"));
        using OwnedBatchClient client = WireClient.Of(server);

        BatchApiException refused = (await Assert.ThrowsAsync<BatchApiException>(() => client.Batches.GetAsync("b")))!;

        Assert.That(refused.Body, Has.Length.EqualTo(16 << 10));
    }

    [TestCase(404, "{\"detail\":\"Not Found\"}", true)]
    [TestCase(404, "", true)]
    [TestCase(404, "<html><title>404</title></html>", true)]
    [TestCase(404, "404 page not found", true)]
    [TestCase(404, """{"error":{"message":"No such route","code":"not_found"}}""", true)]
    [TestCase(405, """{"error":{"message":"m"}}""", true)]
    [TestCase(501, "", true)]
    [TestCase(400, "", false)]
    [TestCase(403, "", false)]
    public async Task List_RefusalAboutTheRoute_IsRouteUnsupported(int status, string body, bool expected)
    {
        await using RawServer server = new() { Otherwise = RawAnswer.Json(status, body) };
        using OwnedBatchClient client = WireClient.Of(server);

        BatchApiException batches = (await Assert.ThrowsAsync<BatchApiException>(() => client.Batches.ListPageAsync()))!;
        BatchApiException files = (await Assert.ThrowsAsync<BatchApiException>(() => client.Files.ListPageAsync()))!;

        Assert.That(new[] { batches.IsRouteUnsupported, files.IsRouteUnsupported }, Is.All.EqualTo(expected));
        Assert.That(batches.Message.Contains("has no such call", StringComparison.Ordinal), Is.EqualTo(expected));
        Assert.That(server.Requests, Has.Count.EqualTo(2));
    }

    [TestCase(404, "{\"detail\":\"Not Found\"}", true)]
    [TestCase(404, "", true)]
    [TestCase(404, """{"message":"Cannot POST /api/batches/batch_1","error":"Not Found","statusCode":404}""", true)]
    [TestCase(405, "", true)]
    [TestCase(501, "", true)]
    [TestCase(404, """{"error":{"message":"No batch found with id 'batch_1'.","type":"invalid_request_error","code":null}}""", false)]
    [TestCase(404, """{"error":{"message":"Not found"}}""", false)]
    [TestCase(404, """{"status":"failure","message":"Batch batch_1 not found"}""", false)]
    [TestCase(404, """{"detail":"batch_1 does not exist"}""", false)]
    public async Task Send_RefusalOfAnItem_IsRouteUnsupportedOnlyWithoutAnAnswerAboutTheId(int status, string body, bool expected)
    {
        await using RawServer server = new() { Otherwise = RawAnswer.Json(status, body) };
        using OwnedBatchClient client = WireClient.Of(server);

        foreach (Func<Task> send in new Func<Task>[]
        {
            () => client.Batches.GetAsync("batch_1"),
            () => client.Batches.CancelAsync("batch_1"),
            () => client.Files.GetAsync("batch_1"),
            () => client.Files.DeleteAsync("batch_1"),
            () => client.Files.GetContentAsync("batch_1"),
        })
        {
            BatchApiException refused = (await Assert.ThrowsAsync<BatchApiException>(send))!;
            Assert.That(refused.IsRouteUnsupported, Is.EqualTo(expected));
            Assert.That(refused.Message.Contains("Check the id", StringComparison.Ordinal), Is.Not.EqualTo(expected));
        }
    }
}
