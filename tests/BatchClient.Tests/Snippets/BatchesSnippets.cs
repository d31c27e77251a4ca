using BatchGateway.Emulator;

namespace BatchGateway.Tests.Snippets;

public sealed class BatchesSnippets
{
    [Test]
    public async Task Submit_WithOptions_CreatesTheBatch()
    {
        await using Fixture fixture = await Fixture.StartAsync();
        IBatchClient gateway = fixture.Gateway;
        IEnumerable<BatchRequestLine> lines = Fixture.Lines;

        BatchOperation operation = await gateway.SubmitAsync(lines, new SubmitOptions
        {
            JobName = "nightly",
            Metadata = { ["team"] = "search" },          // kept with the batch, where the gateway keeps it
            Limits = BatchLimits.OpenAI,                 // lines are held to it before anything is sent
        });

        Assert.That(operation.BatchId, Is.Not.Null);
    }

    [Test]
    public async Task CallByCall_FileOfOnesOwn_GivesResultsOnDisk()
    {
        await using Fixture fixture = await Fixture.StartAsync();
        IBatchClient gateway = fixture.Gateway;
        string path = fixture.PathOf("requests.jsonl");
        string results = fixture.PathOf("results.jsonl");
        await File.WriteAllTextAsync(path, Fixture.OneLine);

        BatchFile file = await gateway.Files.UploadAsync(path);

        Batch batch = await gateway.Batches.CreateAsync(new CreateBatchRequest
        {
            InputFileId = file.Id,
            Endpoint = BatchEndpoint.ChatCompletions,
            JobName = "nightly",
        });

        batch = await gateway.Batches.GetAsync(batch.Id);
        Console.WriteLine($"{batch.Status}: {batch.RequestCounts?.Completed} of {batch.RequestCounts?.Total}, expires {batch.ExpiresAt:u}");

        fixture.Emulator.Clock.Advance(TimeSpan.FromHours(1));
        batch = await gateway.Batches.GetAsync(batch.Id);

        if (batch.OutputFileId is { } output)   // null when every line failed: then only the error file exists
            await gateway.Files.DownloadAsync(output, results);

        Assert.That(await File.ReadAllTextAsync(results), Does.Contain("q-1"));
    }

    [Test]
    public async Task Status_OfABatch_IsToldByItsKind()
    {
        await using Fixture fixture = await Fixture.StartAsync();
        BatchOperation operation = await fixture.Gateway.SubmitAsync(Fixture.Lines);

        Batch batch = await operation.WaitAsync();
        string next = batch.Status.Kind switch
        {
            BatchStatusKind.Completed => "read the results; single lines may have failed",
            BatchStatusKind.Failed => $"nothing ran: {string.Join("; ", batch.Errors)}",
            BatchStatusKind.Expired or BatchStatusKind.Cancelled => "read what was done by then: it is paid for",
            _ => batch.IsTerminal ? "read the results" : "wait",
        };

        Assert.That(next, Does.StartWith("read the results"));
    }

    [Test]
    public async Task List_AllPages_FindsWhatIsUnderWay()
    {
        await using Fixture fixture = await Fixture.StartAsync(new EmulatorOptions { Personality = EmulatorPersonality.OpenAI });
        IBatchClient gateway = fixture.Gateway;
        await gateway.SubmitAsync(Fixture.Lines);
        int underWay = 0;

        await foreach (Batch batch in gateway.Batches.ListAsync(limit: 100))   // a page of 100 is asked for when it is needed
            underWay += batch.IsTerminal ? 0 : 1;

        Assert.That(underWay, Is.EqualTo(1));
    }

    [Test]
    public async Task Cancel_AndRead_GivesWhatWasDone()
    {
        await using Fixture fixture = await Fixture.StartAsync(new EmulatorOptions { Personality = EmulatorPersonality.OpenAI });
        BatchOperation operation = await fixture.Gateway.SubmitAsync(Fixture.Lines);
        List<string> done = [];

        await operation.CancelAsync();
        await operation.WaitAsync();                     // cancelling takes ten minutes and more
        await foreach (BatchResultLine line in operation.ReadResultsAsync())
            done.Add($"{line.CustomId}: {line.Kind}");

        Assert.That(done, Is.EquivalentTo(new[] { "q-1: Cancelled", "q-2: Cancelled" }));
    }

    [Test]
    public async Task Wait_WithALimit_LeavesTheBatchRunning()
    {
        await using Fixture fixture = await Fixture.StartAsync(new EmulatorOptions { Script = new() { RunningFor = TimeSpan.FromHours(8) } });
        BatchOperation operation = await fixture.Gateway.SubmitAsync(Fixture.Lines);
        using StringWriter report = new();

        try
        {
            await operation.WaitAsync(new WaitOptions { Timeout = TimeSpan.FromHours(2) });
        }
        catch (BatchWaitTimeoutException timeout)
        {
            report.WriteLine($"{timeout.Last?.Status} after two hours; the batch goes on");
        }

        Assert.That(report.ToString(), Does.StartWith("in_progress after two hours"));
    }

    [Test]
    public async Task Attach_IdAlone_ReadsTheResults()
    {
        await using Fixture fixture = await Fixture.StartAsync();
        IBatchClient gateway = fixture.Gateway;
        SubmitOptions options = new() { Call = new BatchCallOptions { Provider = "openai-main" } };
        string batchId = (await gateway.SubmitAsync(Fixture.Lines, options)).BatchId!;
        List<string?> texts = [];

        BatchOperation operation = gateway.Attach(batchId, new BatchCallOptions { Provider = "openai-main" });
        await operation.WaitAsync();
        await foreach (BatchResultLine line in operation.ReadResultsAsync())
            texts.Add(line.ChatText);

        Assert.That(texts, Has.Count.EqualTo(2));
    }

    [Test]
    public void Batch_OddAnswer_KeepsWhatCame()
    {
        Batch batch = new() { Id = "batch_1", Status = new BatchStatus("paused") };

        bool isKnown = batch.Status.Kind != BatchStatusKind.Unknown;                       // false for a word that nobody knows yet
        string word = batch.Status.ToString();                                             // "paused", as it came
        bool hasRegion = batch.AdditionalProperties.TryGetValue("region", out var region); // a member without a property here
        int bytes = batch.RawJson.Length;                                                  // the whole answer

        Assert.That((isKnown, word, hasRegion, bytes), Is.EqualTo((false, "paused", false, 0)));
        Assert.That(region.ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Undefined));
    }
}
