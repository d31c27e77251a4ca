using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using BatchGateway.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Tests.Wire;

/// <summary>One session in which everything goes wrong, and the key appears nowhere.</summary>
[NonParallelizable]
public sealed class SecretsTests
{
    // With characters that JSON writers escape.
    private const string Key = "tfy+secret/0123456789==<abcdef>";
    private const string Escaped = "tfy\\u002Bsecret\\/0123456789==\\u003Cabcdef\\u003E";
    private static readonly string Beginning = Key[..12];

    private readonly ConcurrentQueue<string> _said = new();

    [Test]
    public async Task Session_EverythingFails_TheKeyAppearsNowhere()
    {
        CapturedLog log = new();
        using ActivityListener listener = Listen();
        RawAnswer[] answers =
        [
            Echo(401, $$$"""{"error":{"message":"bad token {{{Key}}}","type":"{{{Key}}}","param":"{{{Key}}}","code":"{{{Key}}}","{{{Key}}}":"{{{Key}}}"}}"""),
            Echo(401, $$$"""{"error":{"message":"bad token {{{Escaped}}}","type":"{{{Escaped}}}","param":"{{{Escaped}}}","code":"{{{Escaped}}}"}}"""),
            Echo(400, $$$"""{"message":"{{{Key}}}"}"""),
            Echo(400, $"<html><title>Bearer {Key}</title>{Key}</html>"),
            Echo(403, $"plain {Key}"),
            Echo(503, $$$"""{"detail":"{{{Key}}}"}"""),
            Echo(400, new string('x', 1995) + Key),
            Echo(400, new string('x', (16 << 10) - 5) + Key),
            Echo(302, "", $"Location: https://elsewhere.example/?key={Key}"),
            Echo(200, $"<html>{Key}</html>"),
            Echo(200, $$$"""{"error":{"message":"{{{Key}}}","code":"{{{Key}}}"}}"""),
            Echo(200, $"not JSON {Key}"),
            Echo(200, ""),
            RawAnswer.Bytes($"HTTP/1.1 200 {Key}\r\nContent-Length: 100\r\n\r\n{Key}"),
            RawAnswer.Bytes($"nonsense {Key}\r\n\r\n"),
            RawAnswer.Bytes($"HTTP/1.1 200 OK\r\nbad header {Key}\r\n\r\n"),
            RawAnswer.Bytes($"HTTP/1.1 200 OK\r\nContent-Length: {Key}\r\n\r\n"),
            RawAnswer.Reset,
        ];

        foreach (RawAnswer answer in answers)
        {
            await using RawServer server = new() { Otherwise = answer };
            BatchGatewayOptions options = Options(server.Origin);
            using OwnedBatchClient client = BatchClientFactory.Create(options, log);
            foreach (WireCall call in WireCall.All)
                await FailAsync(() => call.SendAsyncTo(client));
            await FailAsync(() => client.SubmitAsync([BatchRequestLine.Chat("a", "m", "u")]));
            Say(options, client, client.Batches, client.Files, client.Attach("batch_1"), client.Attach("batch_1").Reference, client.Attach("batch_1").Reference.ToJson());
        }

        await TokensThatFailAsync(log);
        await AmbiguousCreateAsync(log);
        Say(new BatchCallOptions { Headers = { ["x"] = Key } });

        string[] everything = [.. _said, .. log.Events.Select(entry => entry.Text)];
        Assert.That(everything, Has.Length.GreaterThan(answers.Length * WireCall.All.Count));
        Assert.That(log.Events, Is.Not.Empty);
        foreach (string text in everything)
            Assert.That(text, Does.Not.Contain(Beginning));
    }

    [Test]
    public async Task Send_HandlerOfTheApplicationThatCopiesRequests_TheKeyIsStillBlottedOut()
    {
        await using RawServer server = new(Echo(400, $$$"""{"error":{"message":"bad token {{{Key}}}"}}"""));
        ServiceCollection services = new();
        services.AddBatchClient(options =>
        {
            options.ControlPlaneUrl = server.Origin;
            options.ApiKey = Key;
        }).Control.AddHttpMessageHandler(() => new CopyingHandler());
        await using ServiceProvider provider = services.BuildServiceProvider();

        BatchApiException refused = (await Assert.ThrowsAsync<BatchApiException>(() => provider.GetRequiredService<IBatchClient>().Batches.GetAsync("b")))!;

        Assert.That(refused.Error.Message, Is.EqualTo("bad token ***"));
        Assert.That((refused.Body, refused.RequestId), Is.EqualTo(("""{"error":{"message":"bad token ***"}}""", "req-***")));
    }

    [TestCase(Key)]
    [TestCase(Escaped)]
    public async Task ReadResults_ErrorInPlaceOfTheFile_TheKeyIsBlottedOut(string echoed)
    {
        await using BatchGatewayEmulator emulator = await BatchGatewayEmulator.StartAsync(new EmulatorOptions { ApiKey = Key });
        using OwnedBatchClient client = BatchClientFactory.Create(
            new BatchGatewayOptions { ControlPlaneUrl = emulator.Url.ToString(), ApiKey = Key, TimeProvider = emulator.Clock });
        BatchOperation operation = await client.SubmitAsync([BatchRequestLine.Chat("a", "m", "u")]);
        await operation.WaitAsync();
        emulator.OnFileContent.Answer(200, $$$"""{"error":{"message":"bad token {{{echoed}}}","type":"{{{echoed}}}"}}""");

        BatchResponseException refused = (await Assert.ThrowsAsync<BatchResponseException>(async () => await operation.ReadResultsAsync().GetAsyncEnumerator().MoveNextAsync()))!;

        Assert.That((refused.Error!.Message, refused.Error.Type), Is.EqualTo(("bad token ***", "***")));
        Assert.That(refused.ToString(), Does.Contain("bad token ***").And.Not.Contain(Beginning));
    }

    private static RawAnswer Echo(int status, string body, params string[] headers) => RawAnswer.Json(status, body, [.. headers, $"x-request-id: req-{Key}"]);

    private static BatchGatewayOptions Options(string origin) => WireClient.Options(origin, options =>
    {
        options.ApiKey = Key;
        options.MaxAttempts = 2;
    });

    private async Task TokensThatFailAsync(CapturedLog log)
    {
        using TemporaryFolder folder = new();
        await using RawServer server = new();
        string file = folder.Write("key", $"{Key}\nsecond line");
        using (OwnedBatchClient twoLines = WireClient.Of(server, options => options.ApiKeyFile = file, log))
            await FailAsync(() => twoLines.Batches.GetAsync("b"));
        using (OwnedBatchClient missing = WireClient.Of(server, options => options.ApiKeyFile = folder.PathOf("none"), log))
            await FailAsync(() => missing.Batches.GetAsync("b"));
        using (OwnedBatchClient failing = WireClient.Of(server, options => options.TokenProvider = _ => throw new IOException("vault is sealed"), log))
            await FailAsync(() => failing.Batches.GetAsync("b"));
        using (OwnedBatchClient unsendable = WireClient.Of(server, options => options.TokenProvider = _ => ValueTask.FromResult(Key + "\u00e4"), log))
            await FailAsync(() => unsendable.Batches.GetAsync("b"));
        await FailAsync(() => Task.FromResult(BatchClientFactory.Create(WireClient.Options("ftp://x", options =>
        {
            options.ApiKey = Key;
            options.Headers["Authorization"] = $"Bearer {Key}";
            options.Headers["x-own"] = $"{Key}\u00e4";
        }))));
    }

    private async Task AmbiguousCreateAsync(CapturedLog log)
    {
        await using BatchGatewayEmulator emulator = await BatchGatewayEmulator.StartAsync(new EmulatorOptions { ApiKey = Key });
        emulator.OnCreateBatch.LoseAnswer(10);
        using OwnedBatchClient client = BatchClientFactory.Create(
            new BatchGatewayOptions { ControlPlaneUrl = emulator.Url.ToString(), ApiKey = Key, TimeProvider = emulator.Clock }, log);
        PreparedBatch prepared = await client.PrepareAsync([BatchRequestLine.Chat("a", "m", "u")]);
        Say(prepared, prepared.Reference, prepared.InputFile, prepared.Reference.ToJson());
        await FailAsync(() => prepared.CreateAsync());
    }

    private async Task FailAsync(Func<Task> act)
    {
        try
        {
            await act();
            _said.Enqueue("no failure");
        }
        catch (Exception exception)
        {
            for (Exception? current = exception; current is not null; current = current.InnerException)
            {
                Say(current, current.Message);
                if (current is BatchApiException api)
                    Say(api.Body, api.RequestId, api.Error, api.Error.Type, api.Error.Param, api.Error.Code, string.Concat(api.Error.AdditionalProperties.Select(pair => $"{pair}")));
                if (current is BatchResponseException response)
                    Say(response.Body, response.RequestId, response.Error, response.Error?.Type);
                if (current is AmbiguousCreateException ambiguous)
                    Say(ambiguous.RequestId, ambiguous.Intent, ambiguous.Provider);
            }
        }
    }

    private void Say(params object?[] objects)
    {
        foreach (object? each in objects)
            _said.Enqueue(Convert.ToString(each, CultureInfo.InvariantCulture) ?? "");
    }

    private ActivityListener Listen()
    {
        ActivityListener listener = new()
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                StringBuilder text = new($"{span.DisplayName} {span.StatusDescription}");
                foreach (KeyValuePair<string, object?> tag in span.TagObjects)
                    text.Append(CultureInfo.InvariantCulture, $" {tag.Key}={tag.Value}");

                // In its own spans, System.Net.Http quotes a line of an answer that it cannot read: not ours to change.
                foreach (ActivityEvent entry in span.Source.Name == "BatchClient" ? span.Events : [])
                    text.Append(CultureInfo.InvariantCulture, $" {entry.Name} {string.Join(' ', entry.Tags)}");
                _said.Enqueue(text.ToString());
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    /// <summary>Sends a copy of each request, as hedging handlers do.</summary>
    private sealed class CopyingHandler : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpRequestMessage copy = new(request.Method, request.RequestUri);
            foreach ((string name, object? value) in request.Options)
                ((IDictionary<string, object?>)copy.Options)[name] = value;
            foreach ((string name, IEnumerable<string> values) in request.Headers)
                copy.Headers.TryAddWithoutValidation(name, values);
            return base.SendAsync(copy, cancellationToken);
        }
    }
}
