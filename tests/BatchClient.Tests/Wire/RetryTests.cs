using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using BatchGateway.Emulator;
using Microsoft.Extensions.Logging;

namespace BatchGateway.Tests.Wire;

public sealed class RetryTests
{
    private static readonly int[] Repeated = [408, 429, 500, 502, 503, 504, 520, 599];
    private static readonly int[] Final = [400, 401, 402, 403, 404, 405, 409, 410, 413, 415, 422, 501];

    private static IEnumerable<TestCaseData> RepeatedStatuses =>
        from call in WireCall.Unpaid from status in Repeated select new TestCaseData(call, status);

    private static IEnumerable<TestCaseData> FinalStatuses =>
        from call in WireCall.Unpaid from status in Final select new TestCaseData(call, status);

    // Content is a stream: what has come is the caller's already.
    private static IEnumerable<WireCall> SmallAnswers => WireCall.Unpaid.Where(call => call != WireCall.Content);

    [TestCaseSource(nameof(RepeatedStatuses))]
    public async Task Send_PassingStatus_IsRepeatedUpToTheLimit(object of, int status)
    {
        WireCall call = (WireCall)of;
        await using RawServer server = new() { Otherwise = RawAnswer.Json(status, "{}") };
        using OwnedBatchClient client = WireClient.Of(server);

        BatchApiException refused = (await Assert.ThrowsAsync<BatchApiException>(() => call.SendAsyncTo(client)))!;

        Assert.That((int)refused.StatusCode, Is.EqualTo(status));
        Assert.That(server.Requests, Has.Count.EqualTo(4));
    }

    [TestCaseSource(nameof(FinalStatuses))]
    public async Task Send_FinalStatus_IsSentOnce(object of, int status)
    {
        WireCall call = (WireCall)of;
        await using RawServer server = new() { Otherwise = RawAnswer.Json(status, "{}") };
        using OwnedBatchClient client = WireClient.Of(server);

        BatchApiException refused = (await Assert.ThrowsAsync<BatchApiException>(() => call.SendAsyncTo(client)))!;

        Assert.That((int)refused.StatusCode, Is.EqualTo(status));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [TestCaseSource(typeof(WireCall), nameof(WireCall.Unpaid))]
    public async Task Send_BrokenConnections_AreRepeatedUntilAnAnswerComes(object of)
    {
        WireCall call = (WireCall)of;
        await using RawServer server = new(
            RawAnswer.Reset,
            RawAnswer.Bytes("HTTP/1.1 200"),
            RawAnswer.Bytes("HTTP/1.1 500 Cut\r\nContent-Length: 100\r\n\r\n{"),
            call.Success);
        using OwnedBatchClient client = WireClient.Of(server);

        await call.SendAsyncTo(client);

        Assert.That(server.Requests, Has.Count.EqualTo(4));
        Assert.That(server.Requests.Select(request => request.Target), Is.All.EqualTo(server.Requests[0].Target));
    }

    [TestCaseSource(nameof(SmallAnswers))]
    public async Task Send_CutBody_IsRepeated(object of)
    {
        WireCall call = (WireCall)of;
        await using RawServer server = new(
            RawAnswer.Bytes($"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{call.Answer}"),
            RawAnswer.Bytes($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{call.Answer.Length:x}\r\n{call.Answer}\r\n"),
            call.Success);
        using OwnedBatchClient client = WireClient.Of(server);

        await call.SendAsyncTo(client);

        Assert.That(server.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Send_BrokenConnectionsToTheEnd_SayHowOftenItWasSent()
    {
        await using RawServer server = new() { Otherwise = RawAnswer.Reset };
        using OwnedBatchClient client = WireClient.Of(server, options => options.MaxAttempts = 3);

        BatchConnectionException broken = (await Assert.ThrowsAsync<BatchConnectionException>(() => client.Batches.GetAsync("b")))!;

        Assert.That(server.Requests, Has.Count.EqualTo(3));
        Assert.That(broken.Message, Does.Contain("Getting batch 'b' failed").And.Contain("It was tried 3 times.").And.Contain("can be repeated").And.Contain($"127.0.0.1:{server.Port}"));
        Assert.That((broken.Timeout, broken.After), Is.EqualTo(((string?)null, (TimeSpan?)null)));
    }

    [Test]
    public async Task Send_NobodyListens_IsRepeatedAndThenAConnectionException()
    {
        // Disposed at once: the port was free a moment ago, and nobody takes it within this test.
        RawServer server = new();
        string origin = server.Origin;
        await server.DisposeAsync();
        CapturedLog log = new();
        using OwnedBatchClient client = BatchClientFactory.Create(WireClient.Options(origin), log);

        Assert.That(async () => await client.Batches.GetAsync("b"), Throws.TypeOf<BatchConnectionException>());
        Assert.That(log.Events.Count(entry => entry.Id == 1), Is.EqualTo(3));
    }

    [Test]
    public async Task Send_OneAttempt_IsSentOnce()
    {
        await using RawServer server = new() { Otherwise = RawAnswer.Json(503, "{}") };
        using OwnedBatchClient client = WireClient.Of(server, options => options.MaxAttempts = 1);

        Assert.That(async () => await client.Batches.GetAsync("b"), Throws.TypeOf<BatchApiException>());
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Send_SeveralRetries_WaitBetweenHalfAndAllOfADoublingDelay()
    {
        EmulatorClock clock = EmulatorClock.AutoAdvancing();
        await using RawServer server = new() { Otherwise = RawAnswer.Json(503, "{}"), Clock = clock };
        using OwnedBatchClient client = WireClient.Of(server, options =>
        {
            options.TimeProvider = clock;
            options.MaxAttempts = 9;
            options.RetryDelay = TimeSpan.FromSeconds(2);
            options.MaxRetryDelay = TimeSpan.FromSeconds(60);
        });

        Assert.That(async () => await client.Batches.GetAsync("b"), Throws.TypeOf<BatchApiException>());

        double[] gaps = Gaps(server);
        double[] full = [2, 4, 8, 16, 32, 60, 60, 60];
        for (int i = 0; i < full.Length; i++)
            Assert.That(gaps[i], Is.InRange(full[i] / 2, full[i]), $"gap {i + 1}");
        Assert.That(gaps.Zip(full, (gap, whole) => gap / whole).Distinct().Count(), Is.GreaterThan(1), "there is jitter");
    }

    [TestCase("Retry-After: 30")]
    [TestCase("Retry-After: Wed, 01 Jan 2020 00:01:00 GMT|Date: Wed, 01 Jan 2020 00:00:30 GMT")]
    [TestCase("Retry-After: Sat, 01 Jan 2050 00:01:00 GMT|Date: Sat, 01 Jan 2050 00:00:30 GMT")]
    public async Task Send_RetryAfter_IsNeverUndercut(string headers)
    {
        EmulatorClock clock = EmulatorClock.AutoAdvancing();
        await using RawServer server = new(
            RawAnswer.Json(429, "{}", headers.Split('|')), RawAnswer.Json(503, "{}", headers.Split('|')), WireCall.Get.Success)
        { Clock = clock };
        using OwnedBatchClient client = WireClient.Of(server, options => options.TimeProvider = clock);

        await client.Batches.GetAsync("b");

        Assert.That(Gaps(server), Is.EqualTo(new double[] { 30, 30 }));
    }

    [TestCase("Retry-After: 0")]
    [TestCase("Retry-After: Wed, 01 Jan 2020 00:00:00 GMT")]
    public async Task Send_RetryAfterThatHasPassed_StillLeavesOurOwnDelay(string header)
    {
        EmulatorClock clock = EmulatorClock.AutoAdvancing();
        await using RawServer server = new(RawAnswer.Json(429, "{}", header), WireCall.Get.Success) { Clock = clock };
        using OwnedBatchClient client = WireClient.Of(server, options => options.TimeProvider = clock);

        await client.Batches.GetAsync("b");

        Assert.That(Gaps(server).Single(), Is.InRange(0.5, 1));
    }

    [TestCase(429)]
    [TestCase(503)]
    public async Task Send_RetryAfterBeyondTheCap_IsNotRepeatedAndTheExceptionCarriesIt(int status)
    {
        await using RawServer server = new(RawAnswer.Json(status, "{}", "Retry-After: 61"));
        using OwnedBatchClient client = WireClient.Of(server);

        BatchApiException refused = (await Assert.ThrowsAsync<BatchApiException>(() => client.Batches.GetAsync("b")))!;

        Assert.That(refused.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(61)));
        Assert.That(refused.Message, Does.Contain("Wait 61 s"));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [TestCase("""{"error":{"code":"insufficient_quota","message":"m"}}""")]
    [TestCase("""{"error":{"type":"insufficient_quota","message":"m"}}""")]
    [TestCase("""{"error":{"code":"billing_hard_limit_reached","message":"m"}}""")]
    public async Task Send_429AboutMoney_IsNotRepeated(string body)
    {
        await using RawServer server = new(RawAnswer.Json(429, body, "Retry-After: 1"));
        using OwnedBatchClient client = WireClient.Of(server);

        Assert.That(async () => await client.Batches.GetAsync("b"), Throws.TypeOf<BatchApiException>());
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Send_EachRetry_IsALogEventAndAMeasurement()
    {
        ConcurrentQueue<KeyValuePair<string, object?>[]> counted = new();
        using MeterListener meter = new();
        meter.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "BatchClient", Name: "batchclient.call.retries" })
                listener.EnableMeasurementEvents(instrument);
        };
        meter.SetMeasurementEventCallback<long>((_, _, tags, _) => counted.Enqueue(tags.ToArray()));
        meter.Start();
        CapturedLog log = new();
        await using RawServer server = new(RawAnswer.Json(418, "{}"), RawAnswer.Json(503, "{}"), RawAnswer.Reset, WireCall.Cancel.Success);
        using OwnedBatchClient client = WireClient.Of(server, logs: log);

        Assert.That(async () => await client.Batches.CancelAsync("b"), Throws.TypeOf<BatchApiException>());
        await client.Batches.CancelAsync("b");

        CapturedLog.LogEvent[] retries = [.. log.Events.Where(entry => entry.Id == 1)];
        Assert.That(retries.Select(entry => entry.Level), Is.EqualTo(new[] { LogLevel.Warning, LogLevel.Warning }));
        Assert.That(retries[0].Text, Does.StartWith("batch.cancel: attempt 1 ended with 503; the next one follows in 00:00:0"));
        Assert.That(retries[1].Text, Does.StartWith("batch.cancel: attempt 2 ended with HttpRequestException"));
        Assert.That(counted.Where(IsOurs).Select(tags => tags.Single(tag => tag.Key == "error.type").Value), Is.EqualTo(new[] { "503", "HttpRequestException" }));
        Assert.That(counted.SelectMany(tags => tags).Select(tag => tag.Key).Distinct(), Is.EquivalentTo(new[] { "batchclient.operation", "error.type" }));

        static bool IsOurs(KeyValuePair<string, object?>[] tags) => tags.Contains(new("batchclient.operation", "batch.cancel"));
    }

    [Test]
    public async Task Delete_NotThereAfterALostAnswer_CountsAsDeleted()
    {
        await using BatchGatewayEmulator emulator = await BatchGatewayEmulator.StartAsync();
        using OwnedBatchClient client = BatchClientFactory.Create(Options(emulator));
        BatchFile file = await client.Files.UploadAsync(new MemoryStream([(byte)'{', (byte)'}', (byte)'\n']), "a.jsonl", FilePurpose.Batch);
        emulator.OnDeleteFile.LoseAnswer();

        Assert.That(await client.Files.DeleteAsync(file.Id), Is.True);
        Assert.That(emulator.Ledger.FilesHeld, Is.Empty);
        Assert.That(emulator.Ledger.Count(emulator.OnDeleteFile), Is.EqualTo(2));
    }

    [TestCase(502)]
    [TestCase(408)]
    public async Task Delete_NotThereAfterAnUncertainAnswer_CountsAsDeleted(int status)
    {
        await using RawServer server = new(RawAnswer.Json(status, "{}"), RawAnswer.Json(404, """{"error":{"message":"m"}}"""));
        using OwnedBatchClient client = WireClient.Of(server);

        Assert.That(await client.Files.DeleteAsync("file-1"), Is.True);
    }

    [Test]
    public async Task Delete_NotThereAtOnceOrAfterARefusal_Is404()
    {
        await using RawServer server = new(
            RawAnswer.Json(404, """{"error":{"message":"m"}}"""),
            RawAnswer.Json(429, "{}"), RawAnswer.Json(404, """{"error":{"message":"m"}}"""));
        using OwnedBatchClient client = WireClient.Of(server);

        for (int i = 0; i < 2; i++)
        {
            BatchApiException refused = (await Assert.ThrowsAsync<BatchApiException>(() => client.Files.DeleteAsync("file-1")))!;
            Assert.That((int)refused.StatusCode, Is.EqualTo(404));
        }

        Assert.That(server.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Cancel_LostAnswer_IsRepeated()
    {
        await using BatchGatewayEmulator emulator = await BatchGatewayEmulator.StartAsync(new EmulatorOptions { Personality = EmulatorPersonality.OpenAI, Clock = EmulatorClock.Manual() });
        using OwnedBatchClient client = BatchClientFactory.Create(Options(emulator, EmulatorClock.AutoAdvancing()));
        BatchFile file = await client.Files.UploadAsync(
            new MemoryStream("""{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[]}}"""u8.ToArray()), "a.jsonl", FilePurpose.Batch);
        Batch batch = await client.Batches.CreateAsync(new CreateBatchRequest { InputFileId = file.Id, Endpoint = BatchEndpoint.ChatCompletions });
        emulator.OnCancelBatch.LoseAnswer();

        Batch cancelled = await client.Batches.CancelAsync(batch.Id);

        Assert.That(cancelled.Status, Is.EqualTo(BatchStatus.Cancelling));
        Assert.That(emulator.Ledger.Count(emulator.OnCancelBatch), Is.EqualTo(2));
    }

    private static double[] Gaps(RawServer server) =>
        [.. server.Requests.Zip(server.Requests.Skip(1), (first, second) => (second.Time - first.Time).TotalSeconds)];

    private static BatchGatewayOptions Options(BatchGatewayEmulator emulator, EmulatorClock? clock = null) => new()
    {
        ControlPlaneUrl = emulator.Url.ToString(),
        ApiKey = emulator.ApiKey,
        TimeProvider = clock ?? emulator.Clock,
    };
}
