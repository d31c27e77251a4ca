using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Ledger;

public sealed class LedgerTests
{
    [Test]
    public async Task Requests_AfterSome_TellWhatWasSent()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Clock.Advance(TimeSpan.FromHours(1));
        HttpRequestMessage request = gateway.Request(HttpMethod.Get, "/batches/a%20b%2Fc?x=1&y=%C3%BC", provider: "one");

        await gateway.SendAsync(request);
        await gateway.GetAsync("/files");

        LedgerRequest first = gateway.Ledger.Requests[0];
        Assert.That(gateway.Ledger.Requests.Select(entry => entry.Sequence), Is.EqualTo(new[] { 1L, 2L }));
        Assert.That(first.Time, Is.EqualTo(gateway.Clock.GetUtcNow()));
        Assert.That(first.Route, Is.EqualTo(gateway.Emulator.OnGetBatch.Name).And.EqualTo("GetBatch"));
        Assert.That(first.Method, Is.EqualTo("GET"));
        Assert.That(first.Target, Is.EqualTo(gateway.Emulator.ApiPath + "/batches/a%20b%2Fc?x=1&y=%C3%BC"));
        Assert.That(first.Headers["X-TFY-Provider-Name"], Is.EqualTo("one"));
        Assert.That(first.Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Requests_Always_HideTheKey()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();

        await gateway.GetAsync("/files");

        LedgerRequest request = gateway.Ledger.Requests.Single();
        Assert.That(request.Headers, Does.ContainKey("Authorization"));
        Assert.That(request.Headers.Values, Has.None.Contains(gateway.Emulator.ApiKey));
    }

    [Test]
    public async Task Count_OfARoute_IsTheSameByNameAndByRoute()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();

        await gateway.GetAsync("/files");
        await gateway.GetAsync("/files");
        await gateway.GetAsync("/batches/x");

        Assert.That(gateway.Ledger.Count("ListFiles"), Is.EqualTo(2));
        Assert.That(gateway.Ledger.Count(gateway.Emulator.OnListFiles), Is.EqualTo(2));
        Assert.That(gateway.Ledger.Count(gateway.Emulator.OnUploadFile), Is.Zero);
    }

    [Test]
    public async Task BatchesCreated_FromSeveralFiles_AreKeptApart()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string one = await gateway.UploadAsync(TestGateway.Lines(1));
        string two = await gateway.UploadAsync(TestGateway.Lines(1));

        string[] ids = [await gateway.CreateAsync(one), await gateway.CreateAsync(two), await gateway.CreateAsync(one)];

        Assert.That(gateway.Ledger.BatchesCreated, Is.EqualTo(ids));
        Assert.That(gateway.Ledger.BatchesCreatedFor(one), Is.EqualTo(new[] { ids[0], ids[2] }));
        Assert.That(gateway.Ledger.BatchesCreatedFor("file-unknown"), Is.Empty);
    }

    [TestCase(EmulatorPersonality.Documented)]
    [TestCase(EmulatorPersonality.OpenAI)]
    public async Task CreatesWithKey_OfAnIntent_FindsItInTheMetadata(EmulatorPersonality personality)
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options => options.Personality = personality);

        string id = await gateway.CreateFromAsync(TestGateway.Lines(1), ""","metadata":{"batchclient_intent":"token-1"}""");

        Assert.That(gateway.Ledger.CreatesWithKey("token-1"), Is.EqualTo(new[] { id }));
        Assert.That(gateway.Ledger.CreatesWithKey("token-2"), Is.Empty);
    }

    [Test]
    public async Task LinesBilled_WithoutAnybodyLooking_GrowWithTheClock()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string file = await gateway.UploadAsync(TestGateway.Lines(4));
        await gateway.CreateAsync(file);
        await gateway.CreateAsync(file);

        Assert.That(gateway.Ledger.LinesBilled, Is.Empty);
        gateway.Clock.Advance(TimeSpan.FromSeconds(62));
        Assert.That(gateway.Ledger.LinesBilled.Keys, Is.EquivalentTo(new[] { "line-1", "line-2" }));
        gateway.Clock.Advance(TimeSpan.FromHours(1));

        Assert.That(gateway.Ledger.LinesBilled, Has.Count.EqualTo(4));
        Assert.That(gateway.Ledger.LinesBilled.Values, Has.All.EqualTo(2));
    }

    [Test]
    public async Task FilesHeld_ThroughABatchsLife_CountUploadsAndResults()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string file = await gateway.UploadAsync(TestGateway.Lines(1));
        string id = await gateway.CreateAsync(file);
        Assert.That(gateway.Ledger.FilesHeld, Is.EqualTo(new[] { file }));

        gateway.Clock.Advance(TimeSpan.FromHours(1));
        string output = gateway.Ledger.FilesHeld.Except([file]).Single();
        await gateway.SendAsync(gateway.Request(HttpMethod.Delete, $"/files/{file}"));

        Assert.That((await gateway.BatchAsync(id)).Text("output_file_id"), Is.EqualTo(output));
        Assert.That(gateway.Ledger.FilesHeld, Is.EqualTo(new[] { output }));
    }
}
