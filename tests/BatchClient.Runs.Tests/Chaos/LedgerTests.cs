using BatchGateway.Emulator;
using BatchGateway.Runs.Chaos.Judging;

namespace BatchGateway.Runs.Tests.Chaos;

public class LedgerTests
{
    [Test]
    public async Task ReadAsync_OfAGatewayThatLostAnAnswer_HasTheBatchAndItsLines()
    {
        await using BatchGatewayEmulator emulator = await BatchGatewayEmulator.StartAsync(new EmulatorOptions { Clock = EmulatorClock.Manual() });
        using OwnedBatchClient client = BatchClientFactory.Create(new BatchGatewayOptions
        {
            ControlPlaneUrl = emulator.Url.ToString(),
            ApiKey = emulator.ApiKey,
            MaxAttempts = 1,
        });
        BatchFile file = await client.Files.UploadAsync(
            new MemoryStream("""{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[]}}"""u8.ToArray()),
            "a.jsonl",
            FilePurpose.Batch);
        emulator.OnCreateBatch.LoseAnswer();
        CreateBatchRequest create = new() { InputFileId = file.Id, Endpoint = BatchEndpoint.ChatCompletions };
        BatchCallOptions call = new() { Headers = { [GatewayHeaders.IdempotencyKey] = "token" } };
        await Assert.ThatAsync(() => client.Batches.CreateAsync(create, call), Throws.InstanceOf<AmbiguousCreateException>());
        emulator.Clock.Advance(TimeSpan.FromHours(1));

        using HttpClient http = new();
        Ledger ledger = await Ledger.ReadAsync(http, emulator.Url);

        Assert.That(ledger.Batches, Is.EqualTo(new[] { new LedgerBatch(emulator.Ledger.BatchesCreated[0], file.Id, "token") }));
        Assert.That(ledger.LinesBilled, Is.EqualTo(new Dictionary<string, int> { ["a"] = 1 }));
        Assert.That(ledger.Intents, Is.EqualTo(1));
        Assert.That(ledger.Billed, Is.EqualTo(1));
    }
}
