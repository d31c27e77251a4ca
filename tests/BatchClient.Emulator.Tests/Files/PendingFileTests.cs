using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Files;

public sealed class PendingFileTests
{
    [TestCase(EmulatorPersonality.Documented, "processed")]
    [TestCase(EmulatorPersonality.OpenAI, "processed")]
    [TestCase(EmulatorPersonality.Azure, "pending")]
    public async Task Upload_OfAFile_IsPendingOnAzureOnly(EmulatorPersonality personality, string status)
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options => options.Personality = personality);

        Answer uploaded = await gateway.UploadAsync(new StringContent(TestGateway.Lines(1)));

        Assert.That(uploaded.Json.Text("status"), Is.EqualTo(status));
        Assert.That(uploaded.Json.Number("created_at"), Is.EqualTo(1767225600));
        Assert.That((await gateway.GetAsync("/files")).Json.GetProperty("data")[0].Text("status"), Is.EqualTo(status));
    }

    [Test]
    public async Task Create_FromAPendingFile_IsRefusedUntilItIsProcessed()
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options => options.Personality = EmulatorPersonality.Azure);
        string file = await gateway.UploadAsync(TestGateway.Lines(1));

        gateway.Clock.Advance(TimeSpan.FromSeconds(4.9));
        Answer early = await gateway.TryCreateAsync(file);
        string pending = (await gateway.GetAsync($"/files/{file}")).Json.Text("status")!;
        gateway.Clock.Advance(TimeSpan.FromSeconds(0.1));
        Answer late = await gateway.TryCreateAsync(file);
        string processed = (await gateway.GetAsync($"/files/{file}")).Json.Text("status")!;

        Assert.That(early.Status, Is.EqualTo(400));
        Assert.That(early.Error.Text("message"), Does.Contain($"'{file}' is in 'pending' state"));
        Assert.That(early.Error.Text("param"), Is.EqualTo("input_file_id"));
        Assert.That((pending, processed), Is.EqualTo(("pending", "processed")));
        Assert.That(late.Status, Is.EqualTo(200));
        Assert.That(gateway.Ledger.BatchesCreated, Is.EqualTo(new[] { late.Id }));
    }

    [TestCase(EmulatorPersonality.Documented)]
    [TestCase(EmulatorPersonality.OpenAI)]
    public async Task Create_WithAPendingTimeOfOnesOwn_IsRefusedOnAnyPersonality(EmulatorPersonality personality)
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options =>
        {
            options.Personality = personality;
            options.FilePendingFor = TimeSpan.FromMinutes(1);
        });
        string file = await gateway.UploadAsync(TestGateway.Lines(1));

        Answer early = await gateway.TryCreateAsync(file);
        gateway.Clock.Advance(TimeSpan.FromMinutes(1));
        Answer late = await gateway.TryCreateAsync(file);

        Assert.That((early.Status, late.Status), Is.EqualTo((400, 200)));
    }

    [Test]
    public async Task Results_OfABatch_AreProcessedAtOnce()
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options => options.FilePendingFor = TimeSpan.FromMinutes(1));
        string file = await gateway.UploadAsync(TestGateway.Lines(1));
        gateway.Clock.Advance(TimeSpan.FromMinutes(1));
        string batch = await gateway.CreateAsync(file);

        string output = (await gateway.BatchAfterAsync(batch, TimeSpan.FromSeconds(127))).Text("output_file_id")!;

        Assert.That((await gateway.GetAsync($"/files/{output}")).Json.Text("status"), Is.EqualTo("processed"));
    }

    [Test]
    public void Start_WithANegativePendingTime_Throws() =>
        Assert.That(
            () => BatchGatewayEmulator.StartAsync(new EmulatorOptions { FilePendingFor = TimeSpan.FromTicks(-1) }),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("FilePendingFor"));
}
