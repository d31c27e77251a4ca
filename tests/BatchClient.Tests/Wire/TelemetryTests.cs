using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace BatchGateway.Tests.Wire;

[NonParallelizable]
public sealed class TelemetryTests
{
    private static readonly string[] AllowedOnMetrics = ["batchclient.operation", "http.response.status_code", "error.type"];

    [TestCaseSource(typeof(WireCall), nameof(WireCall.All))]
    public async Task Send_Success_IsOneSpanWithItsAttributes(object of)
    {
        WireCall call = (WireCall)of;
        await using RawServer server = new(RawAnswer.Json(200, call.Answer, "x-request-id: req_7"));
        using OwnedBatchClient client = WireClient.Of(server);
        using Spans spans = new();

        await call.SendAsyncTo(client);

        Activity span = spans.Of(call.Operation).Single();
        Dictionary<string, object?> expected = new()
        {
            ["http.request.method"] = call.Method,
            ["server.address"] = "127.0.0.1",
            ["server.port"] = server.Port,
            ["batchclient.provider"] = "openai-main",
            ["http.response.status_code"] = 200,
            ["batchclient.request.id"] = "req_7",
            ["batchclient.attempts"] = 1,
        };
        if (call.Operation is "batch.create" or "batch.get" or "batch.cancel")
            expected["batchclient.batch.status"] = "in_progress";
        if (call.Operation is "batch.create" or "batch.get" or "batch.cancel")
            expected["batchclient.batch.id"] = "batch_1";
        if (call.Operation is "batch.create" or "file.upload" or "file.get" or "file.delete" or "file.content")
            expected["batchclient.file.id"] = "file-1";
        Assert.That(span.TagObjects, Is.EquivalentTo(expected));
        Assert.That((span.Kind, span.Status, span.OperationName), Is.EqualTo((ActivityKind.Client, ActivityStatusCode.Unset, call.Operation)));
        Assert.That(spans.Open, Is.Empty);
    }

    [TestCaseSource(typeof(WireCall), nameof(WireCall.Unpaid))]
    public async Task Send_Failure_IsOneSpanThatSaysSo(object of)
    {
        WireCall call = (WireCall)of;
        await using RawServer server = new() { Otherwise = RawAnswer.Json(503, "{}") };
        using OwnedBatchClient client = WireClient.Of(server);
        using Spans spans = new();

        Assert.That(async () => await call.SendAsyncTo(client), Throws.TypeOf<BatchApiException>());

        Activity span = spans.Of(call.Operation).Single();
        Assert.That((span.Status, span.GetTagItem("error.type"), span.GetTagItem("http.response.status_code"), span.GetTagItem("batchclient.attempts")),
            Is.EqualTo((ActivityStatusCode.Error, "503", 503, 4)));
        Assert.That(span.StatusDescription, Does.Contain("failed: the gateway answered 503"));
        Assert.That(spans.Open, Is.Empty);
    }

    [Test]
    public async Task Content_OpenForLong_HasNoSpanThatOutlivesTheCall()
    {
        await using RawServer server = new(RawAnswer.Silence("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"));
        using OwnedBatchClient client = WireClient.Of(server);
        using Spans spans = new();

        await using BatchFileContent content = await client.Files.GetContentAsync("file-1");

        Assert.That(spans.Of("file.content").Single().Duration, Is.GreaterThan(TimeSpan.Zero));
        Assert.That(spans.Open, Is.Empty);
        Assert.That(Activity.Current, Is.Null);
    }

    [Test]
    public async Task Send_EachCall_IsMeasuredOnceAndNoIdStandsOnAMetric()
    {
        ConcurrentQueue<(string Name, double Value, KeyValuePair<string, object?>[] Tags)> measured = new();
        using MeterListener meter = new();
        meter.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "BatchClient")
                listener.EnableMeasurementEvents(instrument);
        };
        meter.SetMeasurementEventCallback<double>((instrument, value, tags, _) => measured.Enqueue((instrument.Name, value, tags.ToArray())));
        meter.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured.Enqueue((instrument.Name, value, tags.ToArray())));
        await using RawServer server = new([.. WireCall.All.Select(call => call.Success), .. WireCall.All.Select(_ => RawAnswer.Json(418, "{}")), RawAnswer.Reset, RawAnswer.Reset]);
        using OwnedBatchClient client = WireClient.Of(server, options => options.MaxAttempts = 2);
        meter.Start();

        foreach (WireCall call in WireCall.All)
            await call.SendAsyncTo(client);
        foreach (WireCall call in WireCall.All)
            Assert.That(async () => await call.SendAsyncTo(client), Throws.InstanceOf<BatchClientException>());
        Assert.That(async () => await client.Batches.GetAsync("b"), Throws.TypeOf<BatchConnectionException>());
        meter.Dispose();

        var calls = measured.Where(entry => entry.Name == "batchclient.call.duration").ToArray();
        Assert.That(calls, Has.Length.EqualTo(19));
        Assert.That(calls.Take(9).Select(entry => Tag(entry.Tags, "batchclient.operation")), Is.EqualTo(WireCall.All.Select(call => call.Operation)));
        Assert.That(calls.Take(9).Select(entry => Tag(entry.Tags, "http.response.status_code")), Is.All.EqualTo(200));
        Assert.That(calls.Skip(10).Take(8).Select(entry => Tag(entry.Tags, "error.type")), Is.All.EqualTo("418"));
        Assert.That(Tag(calls[18].Tags, "error.type"), Is.EqualTo("BatchConnectionException"));
        Assert.That(calls.Select(entry => entry.Value), Is.All.InRange(0, 60));
        Assert.That(measured.SelectMany(entry => entry.Tags).Select(tag => tag.Key).Distinct(), Is.SubsetOf(AllowedOnMetrics));

        static object? Tag(KeyValuePair<string, object?>[] tags, string name) => tags.FirstOrDefault(tag => tag.Key == name).Value;
    }

    [Test]
    public async Task Download_ThatIsResumed_CountsItsRetriesAndHasASpanForEachOpening()
    {
        ConcurrentQueue<string> retries = new();
        using MeterListener meter = new();
        meter.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "BatchClient" && instrument.Name == "batchclient.call.retries")
                listener.EnableMeasurementEvents(instrument);
        };
        meter.SetMeasurementEventCallback<long>(
            (_, value, tags, _) => retries.Enqueue($"{value} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))}"));
        meter.Start();
        using TemporaryFolder folder = new();
        using Spans spans = new();
        await using RawServer server = new(
            RawAnswer.Bytes("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123"), RawAnswer.Text(200, "0123456789", null));
        using OwnedBatchClient client = WireClient.Of(server);

        await client.Files.DownloadAsync("file-1", folder.PathOf("x"));

        Assert.That(retries.Single(), Does.StartWith("1 file.content ").And.EndsWith("Exception"));
        Assert.That(spans.Of("file.content").Count(), Is.EqualTo(2));
        Assert.That(spans.Open, Is.Empty);
    }

    /// <summary>The spans of this library, those under way and those that have ended.</summary>
    private sealed class Spans : IDisposable
    {
        private readonly ConcurrentDictionary<string, Activity> _open = new();
        private readonly ConcurrentQueue<Activity> _ended = new();
        private readonly ActivityListener _listener;

        public Spans()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "BatchClient",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStarted = span => _open[span.Id!] = span,
                ActivityStopped = span =>
                {
                    _open.TryRemove(span.Id!, out _);
                    _ended.Enqueue(span);
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public IEnumerable<Activity> Open => _open.Values;

        public IEnumerable<Activity> Of(string operation) => _ended.Where(span => span.DisplayName == operation);

        public void Dispose() => _listener.Dispose();
    }
}
