using BatchGateway.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Tests.Promises;

/// <summary>The promises about the call that costs money, row by row, over real sockets. The table in the docs is written from here.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed class CreateTableTests
{
    private static readonly CreateBatchRequest Request = new() { InputFileId = "set-below", Endpoint = BatchEndpoint.ChatCompletions };

    private static readonly BatchRequestLine[] Lines = [BatchRequestLine.Chat("a", "gpt-4o-mini", "Hello")];

    [Test]
    public async Task Floor1_CreateAsync_EndsAsPromised(
        [ValueSource(typeof(CreateRow), nameof(CreateRow.All))] CreateRow row,
        [ValueSource(typeof(CreateSetting), nameof(CreateSetting.Surroundings))] string surroundings)
    {
        await using CreateSetting setting = await CreateSetting.StartAsync(row, surroundings, "on");
        string fileId = await UploadAsync(setting.Emulator);

        Exception? end = await setting.EndAsync(() => setting.Gateway.Batches.CreateAsync(Request with { InputFileId = fileId }));

        Assert.That(EndOf(end), Is.EqualTo(row.Ends), end?.ToString());
        AssertOnTheWire(setting.Emulator, row);
        if (end is AmbiguousCreateException ambiguous)
            Assert.That(ambiguous.InputFileId, Is.EqualTo(fileId));
    }

    [TestCaseSource(typeof(CreateRow), nameof(CreateRow.All))]
    public async Task CreateAsync_AHandlerBetweenUsAndTheSockets_CannotSendItTwice(CreateRow row)
    {
        await using CreateSetting setting = await CreateSetting.StartAsync(row, CreateSetting.Innermost, "on");
        string fileId = await UploadAsync(setting.Emulator);

        Exception? end = await setting.EndAsync(() => setting.Gateway.Batches.CreateAsync(Request with { InputFileId = fileId }));

        Assert.That(setting.Emulator.Ledger.Count(setting.Emulator.OnCreateBatch), Is.LessThanOrEqualTo(1));
        Assert.That(EndOf(end), Is.EqualTo(row.Ends).Or.EqualTo(CreateEnd.Unknown), "a refusal may be lost, never a batch");
    }

    [Test]
    public async Task Floor2_SubmitAsync_FindsTheBatchOrSaysWhatToLookFor(
        [ValueSource(typeof(CreateRow), nameof(CreateRow.All))] CreateRow row,
        [ValueSource(typeof(CreateSetting), nameof(CreateSetting.Surroundings))] string surroundings,
        [ValueSource(typeof(CreateSetting), nameof(CreateSetting.Lists))] string list)
    {
        await using CreateSetting setting = await CreateSetting.StartAsync(row, surroundings, list);
        BatchOperation? operation = null;

        Exception? end = await setting.EndAsync(async () => operation = await setting.Gateway.SubmitAsync(Lines));

        bool isFound = row is { Ends: CreateEnd.Unknown, Made: 1 } && list != "off";
        Assert.That(EndOf(end), Is.EqualTo(isFound ? CreateEnd.Batch : row.Ends), end?.ToString());
        AssertOnTheWire(setting.Emulator, row);
        if (operation is not null)
            Assert.That(setting.Emulator.Ledger.BatchesCreated, Is.EqualTo(new[] { operation.BatchId }));
        if (end is AmbiguousCreateException ambiguous)
            AssertTellsWhatToLookFor(ambiguous, setting.Emulator);
    }

    [Test]
    public Task Page_Table_IsTheOneThatTheseTestsProve() => CreateTable.AssertDocumentedAsync();

    [Test]
    public async Task CreateAsync_CancelledBeforeAnythingIsSent_IsCancelledAndNothingIsSent()
    {
        await using CreateSetting setting = await CreateSetting.StartAsync(CreateRow.All[0], "alone", "on");
        using CancellationTokenSource source = new();
        await source.CancelAsync();

        Exception? end = await setting.EndAsync(() => setting.Gateway.Batches.CreateAsync(Request, cancellationToken: source.Token));

        Assert.That(end, Is.InstanceOf<OperationCanceledException>());
        Assert.That(setting.Emulator.Ledger.Requests, Is.Empty);
    }

    [TestCase(9.9, false)]
    [TestCase(10, true)]
    public async Task CreateAsync_CancelledOnceSent_GivesTheAnswerTenSeconds(double seconds, bool isTooLate)
    {
        EmulatorClock network = EmulatorClock.Manual();
        using CancellationTokenSource source = new();
        ServiceCollection services = new();
        services.AddBatchClient(options =>
        {
            options.ControlPlaneUrl = "gateway.example";
            options.ApiKey = "key";
            options.NetworkClock = network;
        }).Control.ConfigurePrimaryHttpMessageHandler(() => new SlowGateway(() =>
        {
            source.Cancel();
            network.Advance(TimeSpan.FromSeconds(seconds));
        }));
        await using ServiceProvider provider = services.BuildServiceProvider();

        Task<Batch> create = provider.GetRequiredService<IBatchClient>().Batches.CreateAsync(Request, cancellationToken: source.Token);

        if (isTooLate)
            Assert.That(async () => await create, Throws.InstanceOf<AmbiguousCreateException>());
        else
            Assert.That((await create).Id, Is.EqualTo("batch_1"));
    }

    [Test]
    public async Task SubmitAsync_CancelledOnceSentAndNeverAnswered_IsAmbiguousWithItsIntent()
    {
        await using CreateSetting setting = await CreateSetting.StartAsync(new CreateRow("hang", emulator => emulator.OnCreateBatch.Hang(), CreateEnd.Unknown, 1), "alone", "on");
        using CancellationTokenSource source = new();

        Task<BatchOperation> submit = setting.Gateway.SubmitAsync(Lines, cancellationToken: source.Token);
        await ArrivedAsync(setting.Emulator);
        await source.CancelAsync();
        setting.Network.Advance(TimeSpan.FromSeconds(10));

        AmbiguousCreateException? ambiguous = await Assert.ThrowsAsync<AmbiguousCreateException>(async () => await submit);
        AssertTellsWhatToLookFor(ambiguous!, setting.Emulator);
    }

    private static CreateEnd EndOf(Exception? exception) => exception switch
    {
        null => CreateEnd.Batch,
        BatchConnectionException => CreateEnd.NotSent,
        BatchApiException => CreateEnd.Refused,
        AmbiguousCreateException => CreateEnd.Unknown,
        _ => throw new AssertionException($"An end that was never promised: {exception}"),
    };

    private static void AssertOnTheWire(BatchGatewayEmulator emulator, CreateRow row)
    {
        Assert.That(emulator.Ledger.BatchesCreated, Has.Count.EqualTo(row.Made), "batches made");
        Assert.That(emulator.Ledger.Count(emulator.OnCreateBatch), Is.EqualTo(row.Posts ?? 0), "creates on the wire");
    }

    private static void AssertTellsWhatToLookFor(AmbiguousCreateException exception, BatchGatewayEmulator emulator)
    {
        Assert.That(emulator.Ledger.FilesHeld, Does.Contain(exception.InputFileId), "the input file must stay");
        Assert.That(exception.Intent, Has.Length.EqualTo(32));
        Assert.That(exception.SentAt, Is.EqualTo(emulator.Clock.GetUtcNow()).Within(TimeSpan.FromMinutes(5)));
        Assert.That(emulator.Ledger.CreatesWithKey(exception.Intent!), Is.EqualTo(emulator.Ledger.BatchesCreated));
    }

    private static async Task<string> UploadAsync(BatchGatewayEmulator emulator)
    {
        using OwnedBatchClient direct = BatchClientFactory.Create(new BatchGatewayOptions
        {
            ControlPlaneUrl = emulator.Url.ToString(),
            ApiPath = emulator.ApiPath,
            ApiKey = emulator.ApiKey,
        });
        using MemoryStream file = new("""
            {"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"gpt-4o-mini","messages":[]}}

            """u8.ToArray());
        return (await direct.Files.UploadAsync(file, "a.jsonl", FilePurpose.Batch)).Id;
    }

    private static async Task ArrivedAsync(BatchGatewayEmulator emulator)
    {
        while (emulator.Ledger.BatchesCreated.Count == 0)
            await Task.Delay(1);
    }

    /// <summary>Takes the whole create, lets time pass, and answers unless it was told to stop.</summary>
    private sealed class SlowGateway(Action passTime) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            passTime();
            cancellationToken.ThrowIfCancellationRequested();
            return new HttpResponseMessage { Content = new StringContent("""{"id":"batch_1"}""") };
        }
    }
}
