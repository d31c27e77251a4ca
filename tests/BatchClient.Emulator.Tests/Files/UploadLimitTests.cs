using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Files;

[CancelAfter(120_000)]
public sealed class UploadLimitTests
{
    private const long TooLarge = 200L * 1024 * 1024;

    [TestCase(false)]
    [TestCase(true)]
    public async Task Upload_OverTheLimit_Answers413AndKeepsNothing(bool chunked)
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options => options.MaxUploadBytes = 1_000_000);

        Answer answer = await UploadAsync(gateway, TooLarge, chunked);

        Assert.That(answer.Status, Is.EqualTo(413));
        Assert.That(answer.Headers["Content-Type"], Is.EqualTo("text/html"));
        Assert.That(answer.Text, Does.StartWith("<html>"));
        Assert.That(gateway.Ledger.FilesHeld, Is.Empty);
        Assert.That(gateway.Ledger.BytesReceived, chunked ? Is.InRange(1, 1_000_000) : Is.Zero);
        Assert.That(BytesOnDisk(), Is.Zero);
        Assert.That(gateway.Ledger.Requests.Single().Status, Is.EqualTo(413));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Upload_UnderTheLimit_IsKept(bool chunked)
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options => options.MaxUploadBytes = 1_000_000);

        Answer answer = await UploadAsync(gateway, 999_000, chunked);

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(gateway.Ledger.BytesReceived, Is.EqualTo(999_000));
        Assert.That(BytesOnDisk(), Is.EqualTo(999_000));
    }

    [Test]
    public void StartAsync_WithANegativeLimit_Throws() => Assert.That(
        async () => await BatchGatewayEmulator.StartAsync(new EmulatorOptions { MaxUploadBytes = -1 }),
        Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("MaxUploadBytes"));

    private static Task<Answer> UploadAsync(TestGateway gateway, long bytes, bool chunked)
    {
        MultipartFormDataContent form = new() { { new StringContent("batch"), "purpose" }, { new PatternContent(bytes), "file", "large.jsonl" } };
        HttpRequestMessage request = gateway.Request(HttpMethod.Post, "/files", form);
        request.Headers.TransferEncodingChunked = chunked;
        return gateway.SendAsync(request);
    }

    private static long BytesOnDisk() => Directory
        .GetDirectories(Path.GetTempPath(), $"batchclient-emulator-{Environment.ProcessId}-*")
        .SelectMany(folder => new DirectoryInfo(folder).GetFiles())
        .Sum(file => file.Length);
}
