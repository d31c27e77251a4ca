using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Http;

public sealed class StartTests
{
    [Test]
    public void Start_WithAPersonalityThatIsNone_Throws() =>
        Assert.That(
            () => BatchGatewayEmulator.StartAsync(new EmulatorOptions { Personality = (EmulatorPersonality)99 }),
            Throws.InstanceOf<ArgumentException>().With.Message.Contains("personality"));

    [TestCase("/api/llm/api/inference/openai", "/api/llm/api/inference/openai")]
    [TestCase("v1/", "/v1")]
    [TestCase("/v1", "/v1")]
    [TestCase("", "")]
    [TestCase("/", "")]
    public async Task StartAsync_UnderAnyPath_AnswersThere(string apiPath, string expected)
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options => options.ApiPath = apiPath);

        Answer answer = await gateway.GetAsync("/files");

        Assert.That(gateway.Emulator.ApiPath, Is.EqualTo(expected));
        Assert.That(gateway.Emulator.Url.IsLoopback, Is.True);
        Assert.That(gateway.Emulator.BaseUrl, Is.EqualTo(new Uri(gateway.Emulator.Url, expected)));
        if (expected.Length > 0)
            Assert.That(answer.Status, Is.EqualTo(200));
    }

    [Test]
    public async Task StartAsync_WithoutOptions_HasTheDocumentedDefaults()
    {
        await using BatchGatewayEmulator emulator = await BatchGatewayEmulator.StartAsync();

        Assert.That(emulator.ApiPath, Is.EqualTo("/api/llm/api/inference/openai"));
        Assert.That(emulator.ApiKey, Is.EqualTo("emulator-key"));
        Assert.That(emulator.RequiredProvider, Is.Null);
    }

    [Test]
    public void StartAsync_WithAnOddUnsupportedStatus_Throws() => Assert.That(
        async () => await BatchGatewayEmulator.StartAsync(new EmulatorOptions { UnsupportedStatus = 418 }),
        Throws.ArgumentException.With.Message.Contains("418"));

    [Test]
    public void StartAsync_WithANegativeDuration_Throws() => Assert.That(
        async () => await BatchGatewayEmulator.StartAsync(new EmulatorOptions { Script = new() { RunningFor = TimeSpan.FromSeconds(-1) } }),
        Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("RunningFor"));

    [Test]
    public async Task StartAsync_OnATakenPort_Throws()
    {
        await using BatchGatewayEmulator first = await BatchGatewayEmulator.StartAsync();

        Assert.That(
            async () => await BatchGatewayEmulator.StartAsync(new EmulatorOptions { Port = first.Url.Port }),
            Throws.InstanceOf<IOException>());
    }

    [Test]
    public async Task DisposeAsync_Twice_LeavesNothingBehind()
    {
        TestGateway gateway = await TestGateway.StartAsync();
        await gateway.UploadAsync(TestGateway.Lines(3));
        string[] before = Folders();

        await gateway.Emulator.DisposeAsync();
        await gateway.Emulator.DisposeAsync();

        Assert.That(Folders(), Has.Length.EqualTo(before.Length - 1));
        Assert.That(gateway.Ledger.LinesBilled, Is.Empty);
        Assert.That(async () => await gateway.GetAsync("/files"), Throws.InstanceOf<HttpRequestException>());

        static string[] Folders() => Directory.GetDirectories(Path.GetTempPath(), $"batchclient-emulator-{Environment.ProcessId}-*");
    }
}
