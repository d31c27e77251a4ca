using System.Text.Json;
using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Ledger;

public sealed class LedgerPageTests
{
    [Test]
    public async Task LedgerPage_AfterSomeWork_TellsTheLedger()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string file = await gateway.UploadAsync(TestGateway.Lines(2));
        string plain = await gateway.CreateAsync(file);
        string marked = await gateway.CreateAsync(file, ""","metadata":{"batchclient_intent":"token-1"}""");
        gateway.Clock.Advance(TimeSpan.FromHours(1));
        gateway.Emulator.OnListFiles.Drop();
        Assert.That(async () => await gateway.GetAsync("/files?x=1"), Throws.InstanceOf<HttpRequestException>());
        await gateway.GetAsync($"/files/{file}/content");

        JsonElement page = (await PageAsync(gateway)).Json;

        Assert.That(page.Names(), Is.EqualTo(new[]
        {
            "requests", "batches_created", "lines_billed", "files_held", "bytes_served", "bytes_received",
        }));
        JsonElement[] requests = [.. page.GetProperty("requests").EnumerateArray()];
        Assert.That(requests, Has.Length.EqualTo(5));
        Assert.That(requests[3].Names(), Is.EqualTo(new[] { "sequence", "time", "route", "method", "target", "headers", "status", "hung" }));
        Assert.That(requests[3].Number("sequence"), Is.EqualTo(4));
        Assert.That(requests[3].GetProperty("time").GetDateTimeOffset(), Is.EqualTo(gateway.Clock.GetUtcNow()));
        Assert.That(requests[3].Text("route"), Is.EqualTo("ListFiles"));
        Assert.That(requests[3].Text("method"), Is.EqualTo("GET"));
        Assert.That(requests[3].Text("target"), Is.EqualTo(gateway.Emulator.ApiPath + "/files?x=1"));
        Assert.That(requests[3].Text("headers", "Authorization"), Is.EqualTo("[redacted]"));
        Assert.That(requests[3].IsNull("status"), Is.True);
        Assert.That(requests[4].Number("status"), Is.EqualTo(200));

        JsonElement[] creates = [.. page.GetProperty("batches_created").EnumerateArray()];
        Assert.That(creates.Select(create => create.Text("id")), Is.EqualTo(new[] { plain, marked }));
        Assert.That(creates.Select(create => create.Text("input_file_id")), Has.All.EqualTo(file));
        Assert.That(creates.Select(create => create.Text("intent")), Is.EqualTo(new[] { null, "token-1" }));
        Assert.That(creates[0].IsNull("idempotency_key"), Is.True);

        Assert.That(page.GetProperty("lines_billed").GetRawText(), Is.EqualTo("""{"line-1":2,"line-2":2}"""));
        Assert.That(page.GetProperty("files_held").EnumerateArray().Select(id => id.GetString()), Is.EqualTo(gateway.Ledger.FilesHeld));
        Assert.That(page.Number("bytes_served"), Is.EqualTo(TestGateway.Lines(2).Length));
        Assert.That(page.Number("bytes_received"), Is.EqualTo(TestGateway.Lines(2).Length));
    }

    [Test]
    public async Task LedgerPage_Itself_IsNoRequestAndMeetsNoFault()
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options => options.RequiredProvider = "one");
        gateway.Emulator.OnAnyCall.Always.Drop();

        Answer answer = await PageAsync(gateway);

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.Headers["Content-Type"], Is.EqualTo("application/json"));
        Assert.That(gateway.Ledger.Requests, Is.Empty);
    }

    [Test]
    public async Task LedgerPage_WithoutTheKey_Answers401()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();

        Assert.That((await PageAsync(gateway, authorization: null)).Status, Is.EqualTo(401));
        Assert.That((await PageAsync(gateway, "Bearer wrong")).Status, Is.EqualTo(401));
        Assert.That((await PageAsync(gateway, "Bearer emulator-key", HttpMethod.Post)).Status, Is.EqualTo(405));
        Assert.That(gateway.Ledger.Requests, Is.Empty);
    }

    [Test]
    public async Task LedgerPage_OfALongLedger_ComesInPieces()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        await gateway.CreateFromAsync(TestGateway.Lines(20_000));
        gateway.Clock.Advance(TimeSpan.FromHours(1));

        Answer answer = await PageAsync(gateway);

        Assert.That(answer.Headers, Does.Not.ContainKey("Content-Length"));
        Assert.That(answer.Json.GetProperty("lines_billed").EnumerateObject().Count(), Is.EqualTo(20_000));
    }

    [TestCase("Authorization", "Bearer secret-1")]
    [TestCase("Proxy-Authorization", "Basic secret-1")]
    [TestCase("Cookie", "session=secret-1")]
    [TestCase("API-Key", "secret-1")]
    [TestCase("x-api-key", "secret-1")]
    [TestCase("X-Auth-Token", "secret-1")]
    [TestCase("X-Forwarded-Authorization", "Bearer secret-1")]
    [TestCase("openai-api-key", "secret-1")]
    public async Task Redaction_OfAHeader_LeavesItsNameOnly(string name, string value)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        HttpRequestMessage request = gateway.Request(HttpMethod.Get, "/files");
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value);

        await gateway.SendAsync(request);

        Assert.That(gateway.Ledger.Requests.Single().Headers[name], Is.EqualTo("[redacted]"));
        Assert.That((await PageAsync(gateway)).Text, Does.Contain(name).And.Not.Contain("secret-1"));
    }

    [TestCase("?sig=secret-1", "?sig=[redacted]")]
    [TestCase("?a=1&X-Amz-Signature=secret-1&b=%20", "?a=1&X-Amz-Signature=[redacted]&b=%20")]
    [TestCase("?SIGNATURE=secret-1=&signature=secret-1", "?SIGNATURE=[redacted]&signature=[redacted]")]
    [TestCase("?api-key=secret-1&&x", "?api-key=[redacted]&&x")]
    [TestCase("?AWSAccessKeyId=secret-1&client_secret=secret-1", "?AWSAccessKeyId=[redacted]&client_secret=[redacted]")]
    [TestCase("?after=file-1&limit=3", "?after=file-1&limit=3")]
    public async Task Redaction_OfAQuery_LeavesTheRestAsItWas(string query, string expected)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();

        await gateway.GetAsync("/files/x" + query);

        Assert.That(gateway.Ledger.Requests.Single().Target, Is.EqualTo(gateway.Emulator.ApiPath + "/files/x" + expected));
        Assert.That((await PageAsync(gateway)).Text, Does.Not.Contain("secret-1"));
    }

    [Test]
    public async Task Redaction_OfAnEscapedName_SeesThroughIt()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawConnection connection = await RawConnection.OpenAsync(gateway);

        await connection.SendHeadAsync("GET", "/files?%73ig=secret-1");
        await connection.ReadStatusAsync();

        Assert.That(gateway.Ledger.Requests.Single().Target, Is.EqualTo(gateway.Emulator.ApiPath + "/files?%73ig=[redacted]"));
    }

    private static Task<Answer> PageAsync(TestGateway gateway) => PageAsync(gateway, $"Bearer {gateway.Emulator.ApiKey}");

    private static Task<Answer> PageAsync(TestGateway gateway, string? authorization, HttpMethod? method = null)
    {
        HttpRequestMessage request = new(method ?? HttpMethod.Get, new Uri(gateway.Emulator.Url, "/_emulator/ledger"));
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return gateway.SendAsync(request);
    }
}
