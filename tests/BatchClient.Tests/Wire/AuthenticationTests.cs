using BatchGateway.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Tests.Wire;

public sealed class AuthenticationTests
{
    private static readonly string[] OldThenNew = ["Bearer old", "Bearer new"];

    [Test]
    public async Task Send_KeyFileThatChanges_IsReadForEachAttempt()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("key", "  first\n");
        await using RawServer server = new(WireCall.Get.Success, WireCall.Get.Success);
        using OwnedBatchClient client = WireClient.Of(server, options => options.ApiKeyFile = file);

        await client.Batches.GetAsync("b");
        folder.Write("key", "second\r\n");
        await client.Batches.GetAsync("b");

        Assert.That(Tokens(server), Is.EqualTo(new[] { "Bearer first", "Bearer second" }));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Mounted secrets are links on Unix.")]
    public async Task Send_KeyFileSwappedByALink_IsReadForEachAttempt()
    {
        using TemporaryFolder folder = new();
        DateTime same = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        foreach (string name in new[] { "first", "later" })
            File.SetLastWriteTimeUtc(folder.Write(name, name), same);
        File.CreateSymbolicLink(folder.PathOf("key"), folder.PathOf("first"));
        await using RawServer server = new(WireCall.Get.Success, WireCall.Get.Success);
        using OwnedBatchClient client = WireClient.Of(server, options => options.ApiKeyFile = folder.PathOf("key"));

        await client.Batches.GetAsync("b");
        File.CreateSymbolicLink(folder.PathOf("swap"), folder.PathOf("later"));
        File.Move(folder.PathOf("swap"), folder.PathOf("key"), overwrite: true);
        await client.Batches.GetAsync("b");

        Assert.That(Tokens(server), Is.EqualTo(new[] { "Bearer first", "Bearer later" }));
    }

    [TestCaseSource(typeof(WireCall), nameof(WireCall.Unpaid))]
    public async Task Send_TokenProvider_IsAskedOncePerAttempt(object of)
    {
        WireCall call = (WireCall)of;
        await using RawServer server = new(RawAnswer.Json(503, "{}"), RawAnswer.Reset, call.Success);
        int asked = 0;
        using OwnedBatchClient client = WireClient.Of(server, options => options.TokenProvider = _ => ValueTask.FromResult($"token-{++asked}"));

        await call.SendAsyncTo(client);

        Assert.That(Tokens(server), Is.EqualTo(new[] { "Bearer token-1", "Bearer token-2", "Bearer token-3" }));
        Assert.That(asked, Is.EqualTo(3));
    }

    [TestCaseSource(typeof(WireCall), nameof(WireCall.All))]
    public async Task Send_401AndAChangedToken_IsSentOnceMore(object of)
    {
        WireCall call = (WireCall)of;
        await using RawServer server = new(RawAnswer.Json(401, "{}"), call.Success);
        Queue<string> tokens = new(["old", "new"]);
        CapturedLog log = new();
        using OwnedBatchClient client = WireClient.Of(server, options => options.TokenProvider = _ => ValueTask.FromResult(tokens.Dequeue()), log);

        await call.SendAsyncTo(client);

        Assert.That(Tokens(server), Is.EqualTo(OldThenNew));
        Assert.That(server.Requests.Select(request => request.Body), Is.All.EqualTo(server.Requests[0].Body));
        Assert.That(log.Events.Select(entry => entry.Id), Is.EqualTo(new[] { 2 }));
        Assert.That(log.Events.Single().Text, Does.Not.Contain("old").And.Contain(call.Operation));
    }

    [TestCaseSource(typeof(WireCall), nameof(WireCall.All))]
    public async Task Send_401AndTheSameToken_IsNotSentAgain(object of)
    {
        WireCall call = (WireCall)of;
        await using RawServer server = new() { Otherwise = RawAnswer.Json(401, "{}") };
        int asked = 0;
        using OwnedBatchClient client = WireClient.Of(server, options => options.TokenProvider = _ =>
        {
            asked++;
            return ValueTask.FromResult("same");
        });

        BatchApiException refused = (await Assert.ThrowsAsync<BatchApiException>(() => call.SendAsyncTo(client)))!;

        Assert.That((int)refused.StatusCode, Is.EqualTo(401));
        Assert.That(refused.Message, Does.Contain("Check the token"));
        Assert.That((server.Requests.Count, asked), Is.EqualTo((1, 2)));
    }

    [TestCaseSource(typeof(WireCall), nameof(WireCall.All))]
    public async Task Send_401AlsoForTheNewToken_IsNotSentAThirdTime(object of)
    {
        WireCall call = (WireCall)of;
        await using RawServer server = new() { Otherwise = RawAnswer.Json(401, "{}") };
        int asked = 0;
        using OwnedBatchClient client = WireClient.Of(server, options => options.TokenProvider = _ => ValueTask.FromResult($"token-{++asked}"));

        Assert.That(async () => await call.SendAsyncTo(client), Throws.TypeOf<BatchApiException>());
        Assert.That((server.Requests.Count, asked), Is.EqualTo((2, 2)));
    }

    [Test]
    public async Task Upload_401AndANonSeekableStream_IsNotSentAgain()
    {
        await using RawServer server = new() { Otherwise = RawAnswer.Json(401, """{"error":{"message":"expired"}}""") };
        int asked = 0;
        using OwnedBatchClient client = WireClient.Of(server, options => options.TokenProvider = _ => ValueTask.FromResult($"token-{++asked}"));

        BatchApiException refused = (await Assert.ThrowsAsync<BatchApiException>(
            () => client.Files.UploadAsync(new OneWayStream("{}\n"), "a.jsonl", FilePurpose.Batch)))!;

        Assert.That(refused.Error.Message, Is.EqualTo("expired"));
        Assert.That((server.Requests.Count, asked), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Send_401AndThenAFailingProvider_IsThe401()
    {
        await using RawServer server = new(RawAnswer.Json(401, "{}"));
        int asked = 0;
        using OwnedBatchClient client = WireClient.Of(server, options => options.TokenProvider =
            _ => asked++ == 0 ? ValueTask.FromResult("old") : throw new IOException("no token now"));

        Assert.That(async () => await client.Batches.GetAsync("b"), Throws.TypeOf<BatchApiException>());
    }

    [TestCaseSource(typeof(WireCall), nameof(WireCall.All))]
    public async Task Send_FailingTokenProvider_IsABatchClientExceptionAndNothingIsSent(object of)
    {
        WireCall call = (WireCall)of;
        await using RawServer server = new();
        int asked = 0;
        using OwnedBatchClient client = WireClient.Of(server, options => options.TokenProvider = _ =>
        {
            asked++;
            throw new InvalidOperationException("vault is sealed");
        });

        BatchClientException failed = (await Assert.ThrowsAsync<BatchClientException>(() => call.SendAsyncTo(client)))!;

        Assert.That(failed.Message, Does.Contain("TokenProvider failed").And.Contain("Nothing was sent"));
        Assert.That(failed.InnerException?.Message, Is.EqualTo("vault is sealed"));
        Assert.That(asked, Is.EqualTo(1), "whoever gives tokens is not asked again and again");
        Assert.That(server.Requests, Is.Empty);
    }

    [TestCase(" \n", "what was configured is empty")]
    [TestCase("a\nb", "characters that cannot be sent")]
    [TestCase("schlüssel", "characters that cannot be sent")]
    [TestCase(null, "cannot be read")]
    public async Task Send_KeyFileWithoutAUsableKey_IsABatchClientExceptionAndNothingIsSent(string? content, string why)
    {
        using TemporaryFolder folder = new();
        if (content is not null)
            folder.Write("key", content);
        await using RawServer server = new();
        using OwnedBatchClient client = WireClient.Of(server, options => options.ApiKeyFile = folder.PathOf("key"));

        BatchClientException failed = (await Assert.ThrowsAsync<BatchClientException>(() => client.Batches.GetAsync("b")))!;

        Assert.That(failed.Message, Does.Contain(why).And.Contain("Nothing was sent"));
        Assert.That(server.Requests, Is.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Send_RetryHandlerOfTheApplication_WrapsOursAndEachOfItsAttemptsIsAuthenticatedAnew(bool byDefaults)
    {
        await using RawServer server = new(
            RawAnswer.Json(503, "{}"), RawAnswer.Json(503, "{}"),
            RawAnswer.Json(503, "{}"), WireCall.Get.Success);
        int asked = 0;
        List<string?> seen = [];
        ServiceCollection services = new();
        IBatchClientBuilder builder = services.AddBatchClient(options =>
        {
            options.ControlPlaneUrl = server.Origin;
            options.TokenProvider = _ => ValueTask.FromResult($"token-{++asked}");
            options.MaxAttempts = 2;
            options.TimeProvider = EmulatorClock.AutoAdvancing();
        });
        if (byDefaults)
            services.ConfigureHttpClientDefaults(defaults => defaults.AddHttpMessageHandler(() => new AppRetryHandler(seen)));
        else
            builder.Control.AddHttpMessageHandler(() => new AppRetryHandler(seen));
        await using ServiceProvider provider = services.BuildServiceProvider();

        await provider.GetRequiredService<IBatchClient>().Batches.GetAsync("b");

        Assert.That(Tokens(server), Is.EqualTo(new[] { "Bearer token-1", "Bearer token-2", "Bearer token-3", "Bearer token-4" }));
        Assert.That(seen, Is.EqualTo(new[] { "503 Bearer token-2", "200 Bearer token-4" }), "the application's handler sees whole rounds of ours");
    }

    [Test]
    public async Task Send_HandlersOfTheApplication_AreAllOutsideOfOurs()
    {
        await using RawServer server = new(WireCall.Get.Success, WireCall.Upload.Success);
        List<string> order = [];
        ServiceCollection services = new();
        services.ConfigureHttpClientDefaults(defaults => defaults.AddHttpMessageHandler(() => new Spy("before", order)));
        IBatchClientBuilder builder = services.AddBatchClient(options =>
        {
            options.ControlPlaneUrl = server.Origin;
            options.TokenProvider = _ =>
            {
                order.Add("token");
                return ValueTask.FromResult("t");
            };
        });
        builder.Control.AddHttpMessageHandler(() => new Spy("control", order));
        builder.Transfer.AddHttpMessageHandler(() => new Spy("transfer", order));
        services.ConfigureHttpClientDefaults(defaults => defaults.AddHttpMessageHandler(() => new Spy("after", order)));
        await using ServiceProvider provider = services.BuildServiceProvider();

        await provider.GetRequiredService<IBatchClient>().Batches.GetAsync("b");
        string[] control = [.. order];
        order.Clear();
        await WireCall.Upload.SendAsyncTo(provider.GetRequiredService<IBatchClient>());

        Assert.That(control, Is.EquivalentTo(new[] { "before", "after", "control", "token" }));
        Assert.That(order, Is.EquivalentTo(new[] { "before", "after", "transfer", "token" }));
        Assert.That(control[^1], Is.EqualTo("token"));
        Assert.That(order[^1], Is.EqualTo("token"));
    }

    private static IEnumerable<string?> Tokens(RawServer server) => server.Requests.Select(request => request["Authorization"]);

    private sealed class AppRetryHandler(List<string?> seen) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            while (true)
            {
                HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
                seen.Add($"{(int)response.StatusCode} {request.Headers.Authorization}");
                if (response.IsSuccessStatusCode)
                    return response;
                response.Dispose();
            }
        }
    }

    private sealed class Spy(string name, List<string> order) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            order.Add(name);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
