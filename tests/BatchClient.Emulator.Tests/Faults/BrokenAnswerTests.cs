using System.Text.Json;
using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Faults;

[CancelAfter(60_000)]
public sealed class BrokenAnswerTests
{
    [Test]
    public async Task MalformedJson_OnCreate_CreatesTheBatchAndTellsHalfOfIt()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string file = await gateway.UploadAsync(TestGateway.Lines(1));
        gateway.Emulator.OnCreateBatch.MalformedJson();

        Answer answer = await gateway.TryCreateAsync(file);

        string id = gateway.Ledger.BatchesCreated.Single();
        string whole = (await gateway.GetAsync($"/batches/{id}")).Text;
        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.Headers["Content-Type"], Is.EqualTo("application/json"));
        Assert.That(() => answer.Json, Throws.InstanceOf<JsonException>());
        Assert.That(answer.Text, Is.EqualTo(whole[..(whole.Length / 2)]));
    }

    [Test]
    public async Task MalformedJson_OnARefusal_IsA200AllTheSame()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Emulator.OnGetBatch.MalformedJson();

        Answer answer = await gateway.GetAsync("/batches/unknown");

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(() => answer.Json, Throws.InstanceOf<JsonException>());
        Assert.That(gateway.Ledger.Requests[^1].Status, Is.EqualTo(200));
    }

    [Test]
    public async Task LoginPage_OnUpload_KeepsNothing()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Emulator.OnUploadFile.LoginPage();

        Answer answer = await gateway.UploadAsync(new StringContent("x"));

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.Headers["Content-Type"], Does.StartWith("text/html"));
        Assert.That(answer.Text, Does.StartWith("<!DOCTYPE html>").And.Contain("password"));
        Assert.That(gateway.Ledger.FilesHeld, Is.Empty);
    }

    [Test]
    public async Task AnswerAfterWork_WithRetryAfter_SendsIt()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Emulator.OnUploadFile.AnswerAfterWork(503, retryAfter: TimeSpan.FromSeconds(30));

        Answer answer = await gateway.UploadAsync(new StringContent("x"));

        Assert.That(answer.Status, Is.EqualTo(503));
        Assert.That(answer.Headers["Retry-After"], Is.EqualTo("30"));
        Assert.That(gateway.Ledger.FilesHeld, Has.Count.EqualTo(1));
        Assert.That(
            () => gateway.Emulator.OnUploadFile.Answer(503, retryAfter: TimeSpan.FromTicks(-1)),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public async Task AnnounceLength_OfMore_BreaksAfterWhatThereIs()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string file = await gateway.UploadAsync("0123456789");
        gateway.Emulator.OnFileContent.AnnounceLength(5);

        using HttpResponseMessage response = await gateway.SendForHeadersAsync(gateway.Request(HttpMethod.Get, $"/files/{file}/content"));
        await using Stream body = await response.Content.ReadAsStreamAsync();
        byte[] bytes = new byte[15];
        await body.ReadExactlyAsync(bytes.AsMemory(0, 10));

        Assert.That(response.Content.Headers.ContentLength, Is.EqualTo(15));
        Assert.That(bytes.AsSpan(0, 10).SequenceEqual("0123456789"u8), Is.True);
        Assert.That(async () => await body.ReadAsync(bytes), Throws.InstanceOf<IOException>());
    }

    [TestCase(-3, "0123456")]
    [TestCase(-10, "")]
    [TestCase(-11, "")]
    public async Task AnnounceLength_OfLess_LooksComplete(long by, string expected)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string file = await gateway.UploadAsync("0123456789");
        gateway.Emulator.OnFileContent.AnnounceLength(by);

        Answer answer = await gateway.GetAsync($"/files/{file}/content");

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.Text, Is.EqualTo(expected));
        Assert.That(answer.Headers["Content-Length"], Is.EqualTo($"{expected.Length}"));
        Assert.That(() => gateway.Emulator.OnFileContent.AnnounceLength(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public async Task Answer_BeforeTheWholeBodyHasCome_LeavesTheConnectionUsable()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Emulator.OnUploadFile.Answer(503);
        using RawConnection connection = await RawConnection.OpenAsync(gateway);

        await connection.SendHeadAsync("POST", "/files", "Content-Type: multipart/form-data; boundary=b", "Content-Length: 30");
        await connection.SendAsync("GET / HTTP/1.1\r\n");
        int first = await connection.ReadStatusAsync();
        await connection.SendAsync("Host: other\r\n\r");
        await connection.SendHeadAsync("GET", "/files");

        Assert.That(first, Is.EqualTo(503));
        Assert.That(await connection.ReadStatusAsync(), Is.EqualTo(200));
        Assert.That(gateway.Ledger.Requests.Select(request => request.Route), Is.EqualTo(new[] { "UploadFile", "ListFiles" }));
    }
}
