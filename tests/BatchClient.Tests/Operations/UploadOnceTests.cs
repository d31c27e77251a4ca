using System.Runtime.CompilerServices;
using System.Text;
using BatchGateway.Emulator;
using BatchGateway.Tests.Support;
using BatchGateway.Tests.Wire;

namespace BatchGateway.Tests.Operations;

/// <summary>Lines that go straight into the upload.</summary>
[NonParallelizable]
public sealed class UploadOnceTests
{
    private static readonly SubmitOptions Once = new() { UploadOnce = true };

    private EmulatedClient _client = null!;
    private TemporaryPath _temporary = null!;

    private BatchGatewayEmulator Emulator => _client.Emulator;

    private IBatchClient Gateway => _client.Gateway;

    [SetUp]
    public async Task StartAsync()
    {
        _client = await EmulatedClient.StartAsync();
        _temporary = new TemporaryPath();
    }

    [TearDown]
    public async Task StopAsync()
    {
        _temporary.Dispose();
        await _client.DisposeAsync();
    }

    [Test]
    public async Task Prepare_Lines_AreTheSameBytesAsSpooled([Values(1, 1_000)] int count)
    {
        BatchRequestLine[] lines = [.. Enumerable.Range(0, count).Select(i => BatchRequestLine.Chat(i % 2 == 0 ? null : $"größe-{i}", "m", new string('ü', i)))];

        PreparedBatch spooled = await Gateway.PrepareAsync(lines);
        PreparedBatch once = await Gateway.PrepareAsync(Watched(lines), Once);

        Assert.That(await ContentAsync(once), Is.EqualTo(await ContentAsync(spooled)));
        Assert.That(once.LineCount, Is.EqualTo(count));
        Assert.That(_temporary.Names, Is.Empty);

        IEnumerable<BatchRequestLine> Watched(IEnumerable<BatchRequestLine> inner)
        {
            foreach (BatchRequestLine line in inner)
            {
                Assert.That(_temporary.Names, Is.Empty, "nothing lies on disk");
                yield return line;
            }
        }
    }

    [Test]
    public async Task Submit_OtherEndpoint_IsTheOneOfTheBatch()
    {
        BatchOperation operation = await Gateway.SubmitAsync([BatchRequestLine.Embeddings("a", new EmbeddingsRequest { Model = "m", Input = ["x"] })], Once);

        Batch batch = await operation.WaitAsync();
        Assert.That(batch.Endpoint, Is.EqualTo(BatchEndpoint.Embeddings));
        Assert.That(batch.Status, Is.EqualTo(BatchStatus.Completed));
    }

    [Test]
    public async Task Submit_BadLineAfterMuchWasSent_StoresNoFileAndMakesNoBatch()
    {
        bool isDisposed = false;
        IEnumerable<BatchRequestLine> Lines()
        {
            try
            {
                for (int i = 0; i < 1_000; i++)
                    yield return BatchRequestLine.Chat($"id-{i}", "m", new string('x', 2_000));
                yield return BatchRequestLine.Chat("id-7", "m", "x");
            }
            finally
            {
                isDisposed = true;
            }
        }

        BatchInputException? problem = await Assert.ThrowsAsync<BatchInputException>(() => Gateway.SubmitAsync(Lines(), Once));

        Assert.That(problem!.LineNumber, Is.EqualTo(1_001));
        Assert.That(problem.CustomId, Is.EqualTo("id-7"));
        Assert.That(problem.Rule, Is.EqualTo(BatchErrorCode.DuplicateCustomId));
        Assert.That(isDisposed, Is.True);
        Assert.That(Emulator.Ledger.FilesHeld, Is.Empty);
        Assert.That(Emulator.Ledger.BatchesCreated, Is.Empty);
        Assert.That(Emulator.Ledger.Count(Emulator.OnUploadFile), Is.LessThanOrEqualTo(1));
    }

    [Test]
    public async Task Submit_ItemsThatThrow_AreNamedAsTheCauseAndAskedOnce()
    {
        int asked = 0;
        async IAsyncEnumerable<BatchRequestLine> Lines()
        {
            asked++;
            yield return Chat("a");
            await Task.Yield();
            throw new TimeoutException("mine");
        }

        BatchClientException? failure = await Assert.CatchAsync<BatchClientException>(() => Gateway.SubmitAsync(Lines(), Once));

        Assert.That(failure!.GetBaseException(), Is.TypeOf<TimeoutException>());
        Assert.That(failure.Message, Does.Contain("mine"));
        Assert.That(asked, Is.EqualTo(1));
        Assert.That(Emulator.Ledger.FilesHeld, Is.Empty);
    }

    [Test]
    public async Task Submit_ConnectionThatBreaks_IsNotTriedAgain()
    {
        Emulator.OnUploadFile.Drop();
        int asked = 0;
        async IAsyncEnumerable<BatchRequestLine> Lines()
        {
            asked++;
            await Task.Yield();
            yield return Chat("a");
        }

        await Assert.ThrowsAsync<BatchConnectionException>(() => Gateway.SubmitAsync(Lines(), Once));

        Assert.That(asked, Is.EqualTo(1));
        Assert.That(Emulator.Ledger.Count(Emulator.OnUploadFile), Is.EqualTo(1));
        Assert.That(Emulator.Ledger.FilesHeld, Is.Empty);
    }

    [Test]
    public async Task Submit_AnswerThatIsLost_IsNotTriedAgainAndTheFileIsRemoved()
    {
        Emulator.OnUploadFile.LoseAnswer();

        await Assert.ThrowsAsync<BatchConnectionException>(() => Gateway.SubmitAsync([Chat("a")], Once));

        Assert.That(Emulator.Ledger.Count(Emulator.OnUploadFile), Is.EqualTo(1));
        Assert.That(Emulator.Ledger.FilesHeld, Is.Empty);
        Assert.That(Emulator.Ledger.BatchesCreated, Is.Empty);
    }

    [Test]
    public async Task Submit_Cancelled_DisposesOfTheItemsAndCreatesNothing()
    {
        using CancellationTokenSource cancellation = new();
        bool isDisposed = false;
        async IAsyncEnumerable<BatchRequestLine> Lines([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            try
            {
                yield return Chat("a");
                Task forever = Task.Delay(Timeout.Infinite, cancellationToken);
                await cancellation.CancelAsync();
                await forever;
            }
            finally
            {
                isDisposed = true;
            }
        }

        await Assert.CatchAsync<OperationCanceledException>(() => Gateway.SubmitAsync(Lines(), Once, cancellation.Token));

        Assert.That(isDisposed, Is.True);
        Assert.That(Emulator.Ledger.FilesHeld, Is.Empty);
        Assert.That(Emulator.Ledger.BatchesCreated, Is.Empty);
    }

    [Test]
    public async Task Submit_ItemsThatDoNotCome_AreATransferIdleTimeoutAndEnded()
    {
        EmulatorClock network = EmulatorClock.Manual();
        TimeSpan limit = TimeSpan.FromSeconds(7);
        await using RawServer server = new();
        using OwnedBatchClient client = WireClient.Of(server, options =>
        {
            options.TransferIdleTimeout = limit;
            options.NetworkClock = network;
        });
        bool isDisposed = false;
        async IAsyncEnumerable<BatchRequestLine> Lines([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            try
            {
                yield return Chat("a");
                Task forever = Task.Delay(Timeout.Infinite, cancellationToken);
                network.Advance(limit);
                await forever;
            }
            finally
            {
                isDisposed = true;
            }
        }

        BatchConnectionException? failure = await Assert.ThrowsAsync<BatchConnectionException>(() => client.SubmitAsync(Lines(), Once));

        Assert.That(failure!.Timeout, Is.EqualTo("TransferIdleTimeout"));
        Assert.That(isDisposed, Is.True);
    }

    private static BatchRequestLine Chat(string customId) => BatchRequestLine.Chat(customId, "m", "x");

    private async Task<string> ContentAsync(PreparedBatch prepared)
    {
        await using BatchFileContent content = await Gateway.Files.GetContentAsync(prepared.InputFile.Id);
        using StreamReader reader = new(content.Stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
