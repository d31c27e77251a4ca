using System.Diagnostics.Metrics;
using BatchGateway.Emulator;
using BatchGateway.Tests.Support;
using BatchGateway.Tests.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BatchGateway.Tests.Operations;

public sealed class PreparedBatchTests
{
    private static readonly BatchRequestLine[] Lines = [BatchRequestLine.Chat("a", "gpt-4o-mini", "Hello")];

    private EmulatedClient _client = null!;

    private BatchGatewayEmulator Emulator => _client.Emulator;

    private IBatchClient Gateway => _client.Gateway;

    [SetUp]
    public async Task StartAsync() => _client = await EmulatedClient.StartAsync(new EmulatorOptions { Personality = EmulatorPersonality.OpenAI });

    [TearDown]
    public async Task StopAsync() => await _client.DisposeAsync();

    [Test]
    public async Task PrepareAsync_Lines_UploadsAndCreatesNothing()
    {
        PreparedBatch prepared = await Gateway.PrepareAsync(Lines);

        Assert.That(prepared.LineCount, Is.EqualTo(1));
        Assert.That(Emulator.Ledger.FilesHeld, Is.EqualTo(new[] { prepared.InputFile.Id }));
        Assert.That(Emulator.Ledger.BatchesCreated, Is.Empty);
    }

    [Test]
    public async Task Reference_ThroughJson_KeepsEverythingButTheKeyAndOtherHeaders()
    {
        BatchCallOptions call = new()
        {
            Provider = "openai-main",
            GatewayMetadata = { ["team"] = "search" },
            Headers = { [GatewayHeaders.VertexRegion] = "europe-west4", ["X-Secret"] = "hidden" },
        };
        PreparedBatch prepared = await Gateway.PrepareAsync(Lines, new SubmitOptions { Call = call });

        string json = prepared.Reference.ToJson();
        BatchReference reference = BatchReference.FromJson(json);

        Assert.That(json, Does.Not.Contain(Emulator.ApiKey).And.Not.Contain("hidden"));
        Assert.That(reference.InputFileId, Is.EqualTo(prepared.InputFile.Id));
        Assert.That(reference.InputFileCreatedAt, Is.EqualTo(prepared.InputFile.CreatedAt));
        Assert.That(reference.Provider, Is.EqualTo("openai-main"));
        Assert.That(reference.Headers, Is.EquivalentTo(new Dictionary<string, string> { [GatewayHeaders.VertexRegion] = "europe-west4" }));
        Assert.That(reference.GatewayMetadata, Is.EquivalentTo(new Dictionary<string, string> { ["team"] = "search" }));
    }

    [Test]
    public async Task Reference_ProviderAndHeadersOfTheClient_AreInItToo()
    {
        ServiceCollection services = new();
        services.AddBatchClient(options =>
        {
            options.Provider = "openai-main";
            options.Headers[GatewayHeaders.VertexRegion] = "europe-west4";
            options.Headers["X-Secret"] = "hidden";
            options.GatewayMetadata["team"] = "search";
        }).UseEmulator(Emulator);
        await using ServiceProvider provider = services.BuildServiceProvider();

        BatchReference reference = (await provider.GetRequiredService<IBatchClient>().PrepareAsync(Lines)).Reference;

        Assert.That(reference.Provider, Is.EqualTo("openai-main"));
        Assert.That(reference.Headers, Is.EquivalentTo(new Dictionary<string, string> { [GatewayHeaders.VertexRegion] = "europe-west4" }));
        Assert.That(reference.GatewayMetadata, Is.EquivalentTo(new Dictionary<string, string> { ["team"] = "search" }));
    }

    [Test]
    public async Task CallOptions_ChangedAfterwards_DoNotReachTheBatch()
    {
        BatchCallOptions call = new() { Provider = "openai-main" };
        PreparedBatch prepared = await Gateway.PrepareAsync(Lines, new SubmitOptions { Call = call });
        call.Provider = "another";

        await (await prepared.CreateAsync()).WaitAsync();

        Assert.That(Emulator.Ledger.Requests.Select(request => request.Headers[GatewayHeaders.Provider]), Has.All.EqualTo("openai-main"));
    }

    [Test]
    public async Task Attach_ReferenceFromBeforeTheCreateAndAListThatFailsAWhile_FindsTheBatchInTheEnd()
    {
        PreparedBatch prepared = await Gateway.PrepareAsync(Lines);
        BatchReference saved = prepared.Reference;
        await prepared.CreateAsync();
        Emulator.OnListBatches.Answer(503, times: 40);

        Batch end = await Gateway.Attach(saved).WaitAsync();

        Assert.That(end.InputFileId, Is.EqualTo(saved.InputFileId));
    }

    [Test]
    public async Task Attach_ReferenceWithoutAToken_IsNotGivenAnyBatchOfTheFile()
    {
        BatchOperation operation = await Gateway.SubmitAsync(Lines);
        await Gateway.Batches.CreateAsync(new CreateBatchRequest { InputFileId = operation.Reference.InputFileId!, Endpoint = BatchEndpoint.ChatCompletions });
        BatchReference reference = new() { InputFileId = operation.Reference.InputFileId };

        Assert.That(async () => await Gateway.Attach(reference).RefreshAsync(), Throws.InstanceOf<AmbiguousCreateException>());
    }

    [Test]
    public async Task Attach_ReferenceOfACreatedBatch_GoesOnWithItsHeaders()
    {
        BatchOperation operation = await Gateway.SubmitAsync(Lines, new SubmitOptions { Call = new BatchCallOptions { Provider = "openai-main" } });

        Batch end = await Gateway.Attach(BatchReference.FromJson(operation.Reference.ToJson())).WaitAsync();

        Assert.That(end.Id, Is.EqualTo(operation.BatchId));
        Assert.That(Emulator.Ledger.Requests.Select(request => request.Headers.GetValueOrDefault(GatewayHeaders.Provider)), Has.All.EqualTo("openai-main"));
    }

    [Test]
    public async Task Attach_ReferenceFromBeforeTheCreate_FindsTheBatchByItsToken()
    {
        PreparedBatch prepared = await Gateway.PrepareAsync(Lines);
        BatchReference saved = prepared.Reference;
        BatchOperation created = await prepared.CreateAsync();

        BatchOperation attached = Gateway.Attach(saved);
        await attached.WaitAsync();

        Assert.That(attached.BatchId, Is.EqualTo(created.BatchId));
        Assert.That(attached.Reference.BatchId, Is.EqualTo(created.BatchId));
    }

    [Test]
    public async Task Attach_ReferenceThatNeverBecameABatch_IsAmbiguousAndCreatesNothing()
    {
        PreparedBatch prepared = await Gateway.PrepareAsync(Lines);

        AmbiguousCreateException? exception = await Assert.ThrowsAsync<AmbiguousCreateException>(() => Gateway.Attach(prepared.Reference).RefreshAsync());

        Assert.That(exception!.Intent, Is.EqualTo(prepared.Reference.Intent));
        Assert.That(Emulator.Ledger.BatchesCreated, Is.Empty);
    }

    [Test]
    public async Task CreateAsync_Twice_IsRefusedAndCreatesOne()
    {
        PreparedBatch prepared = await Gateway.PrepareAsync(Lines);
        await prepared.CreateAsync();

        Assert.That(async () => await prepared.CreateAsync(), Throws.InvalidOperationException);
        Assert.That(Emulator.Ledger.BatchesCreated, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task CreateAsync_FromManyTasksAtOnce_CreatesOne()
    {
        PreparedBatch prepared = await Gateway.PrepareAsync(Lines);

        Task<BatchOperation>[] tasks = [.. Enumerable.Range(0, 20).Select(_ => Task.Run(() => prepared.CreateAsync()))];
        await Task.WhenAll(tasks.Select(task => task.ContinueWith(_ => { }, TaskScheduler.Default)));

        Assert.That(tasks.Count(task => task.IsCompletedSuccessfully), Is.EqualTo(1));
        Assert.That(Emulator.Ledger.BatchesCreated, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task CreateAsync_AgainAfterARefusal_Creates()
    {
        PreparedBatch prepared = await Gateway.PrepareAsync(Lines);
        Emulator.OnCreateBatch.Answer(403);

        Assert.That(async () => await prepared.CreateAsync(), Throws.InstanceOf<BatchApiException>());
        await prepared.CreateAsync();

        Assert.That(Emulator.Ledger.BatchesCreated, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task CreateAsync_AgainAfterAnAmbiguousEnd_LooksAndNeverSends()
    {
        PreparedBatch prepared = await Gateway.PrepareAsync(Lines);
        Emulator.OnCreateBatch.Answer(502);

        Assert.That(async () => await prepared.CreateAsync(), Throws.InstanceOf<AmbiguousCreateException>());
        Assert.That(async () => await prepared.CreateAsync(), Throws.InstanceOf<AmbiguousCreateException>());
        Assert.That(async () => await prepared.DiscardAsync(), Throws.InvalidOperationException);

        Assert.That(Emulator.Ledger.Count(Emulator.OnCreateBatch), Is.EqualTo(1));
    }

    [Test]
    public async Task CreateAsync_GatewayRefusesMetadata_CreatesWithoutTheTokenInIt()
    {
        PreparedBatch prepared = await Gateway.PrepareAsync(Lines, new SubmitOptions { Metadata = { ["k"] = "v" } });
        Emulator.OnCreateBatch.Answer(400, """{"error":{"message":"Unknown parameter.","type":"invalid_request_error","param":"metadata","code":null}}""");

        BatchOperation operation = await prepared.CreateAsync();

        Assert.That(operation.Latest!.Metadata, Is.EquivalentTo(new Dictionary<string, string> { ["k"] = "v" }));
        Assert.That(Emulator.Ledger.CreatesWithKey(prepared.Reference.Intent!), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task CreateAsync_AnotherBatchOfTheSameFile_IsNotTakenForOurs()
    {
        PreparedBatch prepared = await Gateway.PrepareAsync(Lines);
        await Gateway.Batches.CreateAsync(new CreateBatchRequest
        {
            InputFileId = prepared.InputFile.Id,
            Endpoint = BatchEndpoint.ChatCompletions,
            Metadata = new Dictionary<string, string> { ["batchclient_intent"] = "another" },
        });
        Emulator.OnCreateBatch.Drop();

        Assert.That(async () => await prepared.CreateAsync(), Throws.InstanceOf<AmbiguousCreateException>());
    }

    [Test]
    public async Task CreateAsync_AnswerLostWithManyNewerBatchesInTheList_WalksThePagesBack()
    {
        PreparedBatch prepared = await Gateway.PrepareAsync(Lines, new SubmitOptions { ReconcileFor = TimeSpan.Zero });
        PreparedBatch other = await Gateway.PrepareAsync(Lines);
        Emulator.OnCreateBatch.LoseAnswer();
        Emulator.OnListBatches.Answer(500, times: 4);
        Assert.That(async () => await prepared.CreateAsync(), Throws.InstanceOf<AmbiguousCreateException>());
        for (int i = 0; i < 120; i++)
            await Gateway.Batches.CreateAsync(new CreateBatchRequest { InputFileId = other.InputFile.Id, Endpoint = BatchEndpoint.ChatCompletions });

        BatchOperation operation = await prepared.CreateAsync();

        Assert.That(Emulator.Ledger.BatchesCreatedFor(prepared.InputFile.Id), Is.EqualTo(new[] { operation.BatchId }));
    }

    [Test]
    public async Task DiscardAsync_NotCreated_DeletesTheFile()
    {
        PreparedBatch prepared = await Gateway.PrepareAsync(Lines);

        await prepared.DiscardAsync();

        Assert.That(Emulator.Ledger.FilesHeld, Is.Empty);
    }

    [Test]
    public async Task PrepareAsync_NullAmongTheLines_IsRefusedWithItsNumber()
    {
        BatchInputException? exception = await Assert.ThrowsAsync<BatchInputException>(() => Gateway.PrepareAsync([Lines[0], null!]));

        Assert.That(exception!.Message, Does.Contain("Line 2 is null"));
        Assert.That(Emulator.Ledger.Requests, Is.Empty);
    }

    [Test]
    public async Task CreateAsync_Discarded_IsRefused()
    {
        PreparedBatch prepared = await Gateway.PrepareAsync(Lines);
        await prepared.DiscardAsync();

        Assert.That(async () => await prepared.CreateAsync(), Throws.InvalidOperationException);
        Assert.That(Emulator.Ledger.Count(Emulator.OnCreateBatch), Is.Zero);
    }

    [Test]
    public async Task DiscardAsync_WhileTheCreateIsOnItsWay_LeavesTheFile()
    {
        TaskCompletionSource arrived = new(), goOn = new();
        await using ServiceProvider services = Services(builder => builder.Control.AddHttpMessageHandler(() => new PausingHandler(arrived, goOn.Task)));
        PreparedBatch prepared = await services.GetRequiredService<IBatchClient>().PrepareAsync(Lines);

        Task<BatchOperation> create = prepared.CreateAsync();
        await arrived.Task;
        Task discard = prepared.DiscardAsync();
        goOn.SetResult();
        await create;

        Assert.That(async () => await discard, Throws.InvalidOperationException);
        Assert.That(Emulator.Ledger.FilesHeld, Does.Contain(prepared.InputFile.Id));
    }

    [Test]
    public async Task SubmitAsync_TheLogOfTheApplicationFails_ChangesNothing()
    {
        await using ServiceProvider services = Services(builder => builder.Services.AddLogging(logging => logging.AddProvider(new ThrowingLog())));
        Emulator.OnCreateBatch.LoseAnswer();

        BatchOperation operation = await services.GetRequiredService<IBatchClient>().SubmitAsync(Lines);

        Assert.That(Emulator.Ledger.BatchesCreated, Is.EqualTo(new[] { operation.BatchId }));
        Assert.That(Emulator.Ledger.FilesHeld, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task SubmitAsync_AListenerOfTheApplicationThrowsAfterTheCreate_FindsTheBatchAndSendsNoOther()
    {
        int left = 1;
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument is { Meter.Name: "BatchClient", Name: "batchclient.call.duration" })
                own.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            if (tags.ToArray().Any(tag => tag.Value is "batch.create") && Interlocked.Decrement(ref left) == 0)
                throw new InvalidOperationException("The application's own mistake.");
        });
        listener.Start();

        BatchOperation operation = await Gateway.SubmitAsync(Lines);

        Assert.That(left, Is.Zero, "it threw");
        Assert.That(Emulator.Ledger.BatchesCreated, Is.EqualTo(new[] { operation.BatchId }));
    }

    [Test]
    public async Task SubmitAsync_Refused_LeavesNoFileBehind()
    {
        Emulator.OnCreateBatch.Answer(400);

        Assert.That(async () => await Gateway.SubmitAsync(Lines), Throws.InstanceOf<BatchApiException>());
        Assert.That(Emulator.Ledger.FilesHeld, Is.Empty);
    }

    [Test]
    public async Task SubmitAsync_RefusedAfterTheCallersOptionsChanged_DeletesTheFileWhereItIs()
    {
        BatchCallOptions call = new() { Provider = "first" };
        Emulator.OnCreateBatch.Answer(400);

        Assert.That(
            async () => await Gateway.SubmitAsync(LinesThatChange(call), new SubmitOptions { Call = call }), Throws.InstanceOf<BatchApiException>());

        Assert.That(call.Provider, Is.EqualTo("second"));
        Assert.That(Emulator.Ledger.FilesHeld, Is.Empty);

        static IEnumerable<BatchRequestLine> LinesThatChange(BatchCallOptions call)
        {
            call.Provider = "second";
            yield return Lines[0];
        }
    }

    [Test]
    public async Task PrepareAsync_UploadWhoseAnswerWasLost_LeavesOneFile()
    {
        Emulator.OnUploadFile.LoseAnswer(2);

        PreparedBatch prepared = await Gateway.PrepareAsync(Lines);

        Assert.That(Emulator.Ledger.Count(Emulator.OnUploadFile), Is.EqualTo(3));
        Assert.That(Emulator.Ledger.FilesHeld, Is.EqualTo(new[] { prepared.InputFile.Id }));
    }

    [Test]
    public async Task PrepareAsync_UploadNeverAnswered_ThrowsAndLeavesNoFile()
    {
        Emulator.OnUploadFile.LoseAnswer(99);

        Assert.That(async () => await Gateway.PrepareAsync(Lines), Throws.InstanceOf<BatchConnectionException>());
        Assert.That(Emulator.Ledger.FilesHeld, Is.Empty);
    }

    [Test]
    public async Task PrepareAsync_ConnectionRefused_SaysThatNothingWasSentAndLooksForNoOrphan()
    {
        CapturedLog log = new();
        int port = Emulator.Url.Port;
        await Emulator.DisposeAsync();
        await using ServiceProvider services = Services(builder => builder.Services.AddLogging(logging => logging.AddProvider(log)));

        BatchConnectionException? exception = await Assert.ThrowsAsync<BatchConnectionException>(
            () => services.GetRequiredService<IBatchClient>().PrepareAsync(Lines));

        Assert.That(exception!.Message, Does.Contain("Nothing was sent").And.Contain($":{port}"));
        Assert.That(log.Events.Select(entry => entry.Text), Has.None.Contains("file.list").And.Some.Contains("file.upload"));
    }

    [Test]
    public async Task PrepareAsync_Orphans_OnlyFilesOfExactlyOurNameAreDeleted()
    {
        using MemoryStream content = new("x"u8.ToArray());
        BatchFile foreign = await Gateway.Files.UploadAsync(content, "batchclient-other.jsonl", FilePurpose.Batch);
        Emulator.OnUploadFile.LoseAnswer();

        PreparedBatch prepared = await Gateway.PrepareAsync(Lines);

        Assert.That(Emulator.Ledger.FilesHeld, Is.EquivalentTo(new[] { foreign.Id, prepared.InputFile.Id }));
    }

    private ServiceProvider Services(Action<IBatchClientBuilder> configure)
    {
        ServiceCollection services = new();
        configure(services.AddBatchClient().UseEmulator(Emulator));
        return services.BuildServiceProvider();
    }

    /// <summary>Holds creates back until it is told to go on.</summary>
    private sealed class PausingHandler(TaskCompletionSource arrived, Task goOn) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Post)
            {
                arrived.TrySetResult();
                await goOn;
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class ThrowingLog : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new IOException("The log is full.");

        public void Dispose()
        {
        }
    }
}
