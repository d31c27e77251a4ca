using BatchGateway.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Tests.Operations;

/// <summary>The client at a gateway that hands Azure's own answers on.</summary>
public sealed class AzureTests
{
    private static readonly string[] Prompts = ["one", "two", "three", "four"];
    private static readonly BatchRequestLine[] Lines = [.. Prompts.Select(prompt => BatchRequestLine.Chat(prompt, "gpt-4o-mini", prompt))];

    private BatchGatewayEmulator _emulator = null!;
    private ServiceProvider _services = null!;

    private IBatchClient Gateway => _services.GetRequiredService<IBatchClient>();

    [SetUp]
    public async Task StartAsync()
    {
        _emulator = await BatchGatewayEmulator.StartAsync(new EmulatorOptions { Personality = EmulatorPersonality.Azure });
        ServiceCollection services = new();
        services.AddBatchClient().UseEmulator(_emulator);
        _services = services.BuildServiceProvider();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _services.DisposeAsync();
        await _emulator.DisposeAsync();
    }

    [Test]
    public async Task Submit_FileThatIsPending_WaitsUntilItIsProcessed()
    {
        BatchOperation operation = await Gateway.SubmitAsync(Lines);

        Batch batch = await Gateway.Batches.GetAsync(operation.BatchId!);

        Assert.That(_emulator.Ledger.Count(_emulator.OnCreateBatch), Is.EqualTo(1));
        Assert.That(batch.Status.Kind, Is.EqualTo(BatchStatusKind.Pending));
        Assert.That(batch.CreatedAt, Is.GreaterThan(new DateTimeOffset(2026, 1, 1, 0, 0, 4, TimeSpan.Zero)).And.LessThanOrEqualTo(_emulator.Clock.GetUtcNow()));
        Assert.That((batch.OutputFileId, batch.ErrorFileId, batch.ExpiresAt), Is.EqualTo(((string?)null, (string?)null, (DateTimeOffset?)null)));
        Assert.That(batch.RequestCounts?.Total, Is.Null);
    }

    [Test]
    public async Task Wait_ForABatchThatTakesThreeDays_EndsWithItsAnswers()
    {
        _emulator.Script = new() { RunningFor = TimeSpan.FromDays(3) };
        BatchOperation operation = await Gateway.SubmitAsync(Lines);

        Batch end = await operation.WaitAsync();

        Assert.That(end.EnsureCompleted().RequestCounts?.Completed, Is.EqualTo(4));
        Assert.That(end.CompletedAt - end.CreatedAt, Is.GreaterThan(TimeSpan.FromDays(3)));
        Assert.That(await KindsAsync(operation), Is.EqualTo(Enumerable.Repeat(BatchOutcomeKind.Succeeded, 4)));
    }

    [Test]
    public async Task Cancel_OfABatch_EndsWithEveryLineCancelled()
    {
        BatchOperation operation = await Gateway.SubmitAsync(Lines);

        await operation.CancelAsync();
        Batch end = await operation.WaitAsync();

        Assert.That(end.Status.Kind, Is.EqualTo(BatchStatusKind.Cancelled));
        Assert.That(end.OutputFileId, Is.Null);
        Assert.That(await KindsAsync(operation), Is.EqualTo(Enumerable.Repeat(BatchOutcomeKind.Cancelled, 4)));
    }

    [Test]
    public async Task Wait_ForABatchThatIsRefused_TellsAzuresReason()
    {
        BatchFile input = await Gateway.Files.UploadAsync(new MemoryStream("no json\n"u8.ToArray()), "x.jsonl", FilePurpose.Batch);
        _emulator.Clock.Advance(TimeSpan.FromSeconds(5));
        Batch created = await Gateway.Batches.CreateAsync(new CreateBatchRequest { InputFileId = input.Id, Endpoint = BatchEndpoint.ChatCompletions });
        _emulator.Clock.Advance(TimeSpan.FromSeconds(2));

        Batch failed = await Gateway.Batches.GetAsync(created.Id);

        Assert.That(failed.Status.Kind, Is.EqualTo(BatchStatusKind.Failed));
        Assert.That(failed.Errors.Single().Line, Is.EqualTo(1));
        Assert.That(failed.FailedAt, Is.Not.Null);
    }

    private static async Task<List<BatchOutcomeKind>> KindsAsync(BatchOperation operation)
    {
        List<BatchOutcomeKind> kinds = [];
        await foreach (BatchOutcome<string, string?> outcome in operation.ReadOutcomesAsync(Prompts, prompt => prompt, line => line.ChatText))
            kinds.Add(outcome.Kind);
        return kinds;
    }
}
