using System.Net;
using System.Net.Http.Headers;
using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Http;

public sealed class AccessTests
{
    [TestCase(null)]
    [TestCase("Bearer wrong")]
    [TestCase("Basic emulator-key")]
    public async Task Send_WithoutTheKey_Answers401(string? authorization)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        HttpRequestMessage request = gateway.Request(HttpMethod.Get, "/batches/batch_1");
        request.Headers.Authorization = authorization is null ? null : AuthenticationHeaderValue.Parse(authorization);

        Answer answer = await gateway.SendAsync(request);

        Assert.That(answer.Status, Is.EqualTo(401));
        Assert.That(answer.Error.Names(), Is.EqualTo(new[] { "message", "type", "param", "code" }));
        Assert.That(answer.Error.Text("type"), Is.EqualTo("invalid_request_error"));
        Assert.That(answer.Error.Text("code"), Is.EqualTo("invalid_api_key"));
        Assert.That(answer.Error.IsNull("param"), Is.True);
    }

    [Test]
    public async Task ChangeApiKey_WhileTheEmulatorRuns_AcceptsOnlyTheNewOne()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        HttpRequestMessage old = gateway.Request(HttpMethod.Get, "/files");

        gateway.Emulator.ChangeApiKey("second");

        Assert.That(gateway.Emulator.ApiKey, Is.EqualTo("second"));
        Assert.That((await gateway.SendAsync(old)).Status, Is.EqualTo(401));
        Assert.That((await gateway.GetAsync("/files")).Status, Is.EqualTo(200));
        Assert.That(() => gateway.Emulator.ChangeApiKey(""), Throws.ArgumentException);
    }

    [Test]
    public async Task Send_ExpectingToContinueWithoutTheKey_IsRefusedBeforeItsBody()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        RecordingContent content = new();
        HttpRequestMessage request = gateway.Request(HttpMethod.Post, "/files", content);
        request.Headers.Authorization = null;
        request.Headers.ExpectContinue = true;

        Answer answer = await gateway.SendAsync(request);

        Assert.That(answer.Status, Is.EqualTo(401));
        Assert.That(content.WasSent, Is.False);
    }

    [TestCase(null)]
    [TestCase("other")]
    public async Task Send_WithoutTheRequiredProvider_Answers400NamingTheHeader(string? provider)
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options => options.RequiredProvider = "openai-main");

        Answer answer = await gateway.GetAsync("/files", provider);

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Error.Text("message"), Does.Contain("x-tfy-provider-name"));
    }

    [Test]
    public async Task Send_WithTheRequiredProvider_IsAdmitted()
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options => options.RequiredProvider = "openai-main");

        Answer answer = await gateway.GetAsync("/files", "openai-main");

        Assert.That(answer.Status, Is.EqualTo(200));
    }

    [TestCase(EmulatorPersonality.Documented)]
    [TestCase(EmulatorPersonality.OpenAI)]
    public async Task Get_UnderAnotherProvider_Answers404(EmulatorPersonality personality)
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options => options.Personality = personality);
        string file = await gateway.UploadAsync(TestGateway.Lines(1), provider: "one");
        string batch = await gateway.CreateAsync(file, provider: "one");

        int[] own = [await StatusAsync($"/files/{file}", "one"), await StatusAsync($"/batches/{batch}", "one")];
        int[] others =
        [
            await StatusAsync($"/files/{file}", "two"),
            await StatusAsync($"/files/{file}/content", null),
            await StatusAsync($"/batches/{batch}", "two"),
            await StatusAsync($"/batches/{batch}", null),
        ];

        Assert.That(own, Has.All.EqualTo(200));
        Assert.That(others, Has.All.EqualTo(404));
        Assert.That((await gateway.TryCreateAsync(file, provider: "two")).Status, Is.EqualTo(400));

        async Task<int> StatusAsync(string path, string? provider) => (await gateway.GetAsync(path, provider)).Status;
    }

    private sealed class RecordingContent : HttpContent
    {
        public bool WasSent { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            WasSent = true;
            return Task.CompletedTask;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 5_000_000;
            return true;
        }
    }
}
