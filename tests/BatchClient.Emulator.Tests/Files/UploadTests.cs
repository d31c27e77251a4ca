using System.Net;
using System.Text;
using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Files;

public sealed class UploadTests
{
    [Test]
    public async Task Upload_OfAFile_AnswersTheFileObject()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();

        Answer answer = await gateway.UploadAsync(new StringContent("größer"), "my file.jsonl");

        Assert.That(answer.Json.Names(), Is.EqualTo(new[]
        {
            "id", "object", "bytes", "created_at", "expires_at", "filename", "purpose", "status", "status_details",
        }));
        Assert.That(answer.Id, Does.Match("^file-[0-9a-f]+$"));
        Assert.That(answer.Json.Number("bytes"), Is.EqualTo(8));
        Assert.That(answer.Json.Number("created_at"), Is.EqualTo(gateway.Clock.GetUtcNow().ToUnixTimeSeconds()));
        Assert.That(answer.Json.Text("filename"), Is.EqualTo("my file.jsonl"));
        Assert.That(answer.Json.Text("purpose"), Is.EqualTo("batch"));
        Assert.That(answer.Json.Text("status"), Is.EqualTo("processed"));
        Assert.That((await gateway.GetAsync($"/files/{answer.Id}")).Text, Is.EqualTo(answer.Text));
    }

    [TestCase("nope")]
    [TestCase("batch_output")]
    public async Task Upload_WithAPurposeThatIsNotForUploads_Answers400(string purpose)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();

        Answer answer = await gateway.UploadAsync(new StringContent("x"), purpose: purpose);

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Error.Text("code"), Is.EqualTo("invalid_value"));
        Assert.That(answer.Error.Text("param"), Is.EqualTo("purpose"));
        Assert.That(gateway.Ledger.FilesHeld, Is.Empty);
    }

    [TestCase("file")]
    [TestCase("purpose")]
    public async Task Upload_WithAPartMissing_Answers400(string missing)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        MultipartFormDataContent form = new() { { new StringContent("unused"), "other" } };
        if (missing == "purpose")
            form.Add(new StringContent("x"), "file", "x.jsonl");
        else
            form.Add(new StringContent("batch"), "purpose");

        Answer answer = await gateway.SendAsync(gateway.Request(HttpMethod.Post, "/files", form));

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Error.Text("param"), Is.EqualTo(missing));
    }

    [Test]
    public async Task Upload_WithTheFileBeforeThePurpose_Works()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        MultipartFormDataContent form = new() { { new StringContent("x"), "file", "x.jsonl" }, { new StringContent("batch"), "purpose" } };

        Answer answer = await gateway.SendAsync(gateway.Request(HttpMethod.Post, "/files", form));

        Assert.That(answer.Status, Is.EqualTo(200));
    }

    [TestCase("{}", "application/json")]
    [TestCase("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\ncut", "multipart/form-data; boundary=b")]
    public async Task Upload_OfABrokenBody_Answers400(string body, string contentType)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        ByteArrayContent content = new(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        Answer answer = await gateway.SendAsync(gateway.Request(HttpMethod.Post, "/files", content));

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(gateway.Ledger.FilesHeld, Is.Empty);
    }

    [Test]
    public async Task Upload_BeyondTheServersUsualLimit_ComesBackByteForByte()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        byte[] bytes = new byte[60 * 1024 * 1024];
        new Random(7).NextBytes(bytes);

        Answer uploaded = (await gateway.UploadAsync(new ByteArrayContent(bytes))).Require(HttpStatusCode.OK);
        Answer content = await gateway.GetAsync($"/files/{uploaded.Id}/content");

        Assert.That(uploaded.Json.Number("bytes"), Is.EqualTo(bytes.Length));
        Assert.That(content.Bytes.AsSpan().SequenceEqual(bytes), Is.True);
        Assert.That(gateway.Ledger.BytesServed, Is.EqualTo(bytes.Length));
    }

    [Test]
    public async Task Delete_OfAFile_ForgetsIt()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string file = await gateway.UploadAsync("x");

        Answer deleted = await gateway.SendAsync(gateway.Request(HttpMethod.Delete, $"/files/{file}"));

        Assert.That(deleted.Text, Is.EqualTo($$"""{"id":"{{file}}","object":"file","deleted":true}"""));
        Assert.That((await gateway.GetAsync($"/files/{file}")).Status, Is.EqualTo(404));
        Assert.That((await gateway.GetAsync($"/files/{file}/content")).Status, Is.EqualTo(404));
        Assert.That((await gateway.SendAsync(gateway.Request(HttpMethod.Delete, $"/files/{file}"))).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Delete_OfARunningBatchesInput_DoesNotHurtTheBatch()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string file = await gateway.UploadAsync(TestGateway.Lines(4));
        string batch = await gateway.CreateAsync(file);

        await gateway.SendAsync(gateway.Request(HttpMethod.Delete, $"/files/{file}"));

        Assert.That((await gateway.BatchAfterAsync(batch, TimeSpan.FromHours(1))).Counts(), Is.EqualTo((4L, 4L, 0L)));
    }
}
