using System.Globalization;
using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Faults;

[CancelAfter(60_000)]
public sealed class FaultTests
{
    [Test]
    public async Task LoseAnswer_OnCreate_CreatesTheBatchAndBreaksTheConnection()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string file = await gateway.UploadAsync(TestGateway.Lines(1));
        gateway.Emulator.OnCreateBatch.LoseAnswer();

        Assert.That(async () => await gateway.TryCreateAsync(file), Throws.InstanceOf<HttpRequestException>());

        string id = gateway.Ledger.BatchesCreatedFor(file).Single();
        Assert.That(gateway.Ledger.Requests[^1].Status, Is.Null);
        Assert.That((await gateway.BatchAsync(id)).Text("input_file_id"), Is.EqualTo(file));
    }

    [Test]
    public async Task Drop_OnCreate_CreatesNothing()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string file = await gateway.UploadAsync(TestGateway.Lines(1));
        gateway.Emulator.OnCreateBatch.Drop();

        Assert.That(async () => await gateway.TryCreateAsync(file), Throws.InstanceOf<HttpRequestException>());

        Assert.That(gateway.Ledger.BatchesCreated, Is.Empty);
        Assert.That(gateway.Ledger.Count(gateway.Emulator.OnCreateBatch), Is.EqualTo(1));
    }

    [Test]
    public async Task Answer_OnCreate_CreatesNothingAndSaysSo()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string file = await gateway.UploadAsync(TestGateway.Lines(1));
        gateway.Emulator.OnCreateBatch.Answer(503, "<html>", "text/html", retryAfter: TimeSpan.FromSeconds(1.2));

        Answer answer = await gateway.TryCreateAsync(file);

        Assert.That(answer.Status, Is.EqualTo(503));
        Assert.That(answer.Text, Is.EqualTo("<html>"));
        Assert.That(answer.Headers["Content-Type"], Is.EqualTo("text/html"));
        Assert.That(answer.Headers["Retry-After"], Is.EqualTo("2"));
        Assert.That(gateway.Ledger.BatchesCreated, Is.Empty);
        Assert.That(gateway.Ledger.Requests[^1].Status, Is.EqualTo(503));
    }

    [Test]
    public async Task Answer_WithADate_SendsItInTheHeader()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        DateTimeOffset at = gateway.Clock.GetUtcNow().AddSeconds(90);
        gateway.Emulator.OnGetBatch.Answer(429, retryAfterDate: at);

        Answer answer = await gateway.GetAsync("/batches/x");

        Assert.That(answer.Headers["Retry-After"], Is.EqualTo(at.ToString("R", CultureInfo.InvariantCulture)));
        Assert.That(answer.Headers, Does.Not.ContainKey("Content-Type"));
        Assert.That(answer.Bytes, Is.Empty);
    }

    [Test]
    public async Task Answer_WithTwoKindsOfRetryAfter_Throws()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();

        Assert.That(
            () => gateway.Emulator.OnGetBatch.Answer(429, retryAfter: TimeSpan.Zero, retryAfterDate: DateTimeOffset.UnixEpoch),
            Throws.ArgumentException);
    }

    [Test]
    public async Task Answer_ToALargeUpload_ReachesTheClient()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Emulator.OnUploadFile.Answer(413);

        Answer answer = await gateway.UploadAsync(new ByteArrayContent(new byte[20_000_000]));

        Assert.That(answer.Status, Is.EqualTo(413));
        Assert.That(gateway.Ledger.FilesHeld, Is.Empty);
    }

    [TestCase(204)]
    [TestCase(304)]
    [TestCase(402)]
    [TestCase(599)]
    public async Task Answer_WithAnyStatus_IsSent(int status)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Emulator.OnGetBatch.Answer(status);

        Assert.That((await gateway.GetAsync("/batches/x")).Status, Is.EqualTo(status));
    }

    [Test]
    public async Task AnswerAfterWork_OnCreate_CreatesTheBatchAllTheSame()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string file = await gateway.UploadAsync(TestGateway.Lines(1));
        gateway.Emulator.OnCreateBatch.AnswerAfterWork(502, "<html>", "text/html");

        Answer answer = await gateway.TryCreateAsync(file);

        Assert.That(answer.Status, Is.EqualTo(502));
        Assert.That(answer.Text, Is.EqualTo("<html>"));
        Assert.That(gateway.Ledger.BatchesCreatedFor(file), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Hang_OnCreate_DoesTheWorkAndNeverAnswers()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string file = await gateway.UploadAsync(TestGateway.Lines(1));
        gateway.Emulator.OnCreateBatch.Hang();
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(100), gateway.Clock);

        HttpRequestMessage request = gateway.Request(HttpMethod.Post, "/batches", new StringContent($$"""{"input_file_id":"{{file}}","endpoint":"/x"}"""));
        Task<HttpResponseMessage> sending = gateway.SendForHeadersAsync(request, limit.Token);
        while (gateway.Ledger.Requests is not [.., { Hung: true }])
            await Task.Yield();
        Assert.That(gateway.Ledger.BatchesCreated, Has.Count.EqualTo(1));
        Assert.That(sending.IsCompleted, Is.False);
        gateway.Clock.Advance(TimeSpan.FromSeconds(100));

        Assert.That(async () => await sending, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(gateway.Ledger.Requests[^1].Status, Is.Null);
        Assert.That((await gateway.GetAsync($"/batches/{gateway.Ledger.BatchesCreated[0]}")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task DisposeAsync_WithARequestThatHangs_EndsIt()
    {
        TestGateway gateway = await TestGateway.StartAsync();
        gateway.Emulator.OnListFiles.Hang();
        Task<Answer> sending = gateway.GetAsync("/files");
        await gateway.ArrivedAsync(gateway.Emulator.OnListFiles);

        await gateway.Emulator.DisposeAsync();

        Assert.That(async () => await sending, Throws.InstanceOf<HttpRequestException>());
        await gateway.DisposeAsync();
    }

    [TestCase(true, 0)]
    [TestCase(true, 5)]
    [TestCase(false, 5)]
    public async Task CutBody_OnContent_SendsTheFirstBytesThenCloses(bool withLength, int bytes)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string file = await gateway.UploadAsync("0123456789");
        gateway.Emulator.OnFileContent.CutBody(bytes, withLength);

        using HttpResponseMessage response = await gateway.SendForHeadersAsync(gateway.Request(HttpMethod.Get, $"/files/{file}/content"));
        await using Stream body = await response.Content.ReadAsStreamAsync();
        byte[] buffer = new byte[100];
        int count = await body.ReadAtLeastAsync(buffer, bytes, throwOnEndOfStream: false);

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        Assert.That(response.Content.Headers.ContentLength, Is.EqualTo(withLength ? 10 : null));
        Assert.That(count, Is.EqualTo(bytes));
        Assert.That(async () => await body.ReadAsync(buffer), Throws.InstanceOf<IOException>());
        Assert.That(gateway.Ledger.BytesServed, Is.EqualTo(bytes));
    }

    [Test]
    public async Task CutBody_OfAnAnswerWithoutAFile_CutsItsJson()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Emulator.OnListFiles.CutBody(3);

        Assert.That(async () => await gateway.GetAsync("/files"), Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task Redirect_OnContent_SendsTheClientElsewhere()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string file = await gateway.UploadAsync("x");
        gateway.Emulator.OnFileContent.Redirect("https://storage.example.com/x?sig=a%2Fb");

        Answer answer = await gateway.GetAsync($"/files/{file}/content");

        Assert.That(answer.Status, Is.EqualTo(302));
        Assert.That(answer.Headers["Location"], Is.EqualTo("https://storage.example.com/x?sig=a%2Fb"));
        Assert.That(answer.Bytes, Is.Empty);
    }

    [Test]
    public async Task Faults_OfOneRoute_ComeInTheirOrderAndRunOut()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Emulator.OnListFiles.Answer(500, times: 2);
        gateway.Emulator.OnListFiles.Answer(429);
        List<int> statuses = [];

        for (int i = 0; i < 5; i++)
            statuses.Add((await gateway.GetAsync("/files")).Status);

        Assert.That(statuses, Is.EqualTo(new[] { 500, 500, 429, 200, 200 }));
    }

    [Test]
    public async Task Faults_OfOneRoute_LeaveTheOthersAlone()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Emulator.OnCreateBatch.Answer(500);

        Assert.That((await gateway.GetAsync("/files")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Faults_ForNoRequestAtAll_Throw()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();

        Assert.That(() => gateway.Emulator.OnCreateBatch.LoseAnswer(times: 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => gateway.Emulator.OnCreateBatch.CutBody(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [TestCase(0, "", "application/json")]
    [TestCase(100, "", "application/json")]
    [TestCase(1000, "", "application/json")]
    [TestCase(204, "x", "text/plain")]
    [TestCase(304, "x", "text/plain")]
    [TestCase(200, null, "text/plain")]
    [TestCase(200, "x", "text/plain\r\nX: y")]
    [TestCase(200, "x", "tëxt/plain")]
    public async Task Answer_ThatNoServerCanSend_ThrowsAtOnce(int status, string? body, string contentType)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();

        Assert.That(() => gateway.Emulator.OnListFiles.Answer(status, body!, contentType), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => gateway.Emulator.OnListFiles.AnswerAfterWork(status, body!, contentType), Throws.InstanceOf<ArgumentException>());

        Assert.That((await gateway.GetAsync("/files")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Redirect_ToAnAddressThatNoHeaderCanHold_ThrowsAtOnce()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();

        Assert.That(() => gateway.Emulator.OnListFiles.Redirect("http://exämple/"), Throws.ArgumentException.With.Message.Contains("ASCII"));
    }
}
