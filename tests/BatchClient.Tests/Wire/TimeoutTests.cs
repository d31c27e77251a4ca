using BatchGateway.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Tests.Wire;

public sealed class TimeoutTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(7);

    private static IEnumerable<WireCall> Control => WireCall.Unpaid.Where(call => call != WireCall.Upload && call != WireCall.Content);

    [TestCaseSource(nameof(Control))]
    public async Task Send_SilentGateway_IsAControlTimeoutByNameAndLength(object of)
    {
        WireCall call = (WireCall)of;
        EmulatorClock network = EmulatorClock.Manual();
        await using RawServer server = new() { Otherwise = RawAnswer.Silence(reached: () => network.Advance(Limit)) };
        using OwnedBatchClient client = WireClient.Of(server, options => Limits(options, network));

        BatchConnectionException failed = (await Assert.ThrowsAsync<BatchConnectionException>(() => call.SendAsyncTo(client)))!;

        Assert.That((failed.Timeout, failed.After), Is.EqualTo(("ControlTimeout", Limit)));
        Assert.That(failed.Message, Does.Contain("ControlTimeout ran out after 7 s").And.Contain("It was tried 2 times."));
        Assert.That(server.Requests, Has.Count.EqualTo(2), "each attempt has its own limit");
    }

    [Test]
    public async Task Get_BodyThatNeverEnds_IsWithinTheControlTimeout()
    {
        EmulatorClock network = EmulatorClock.Manual();
        await using RawServer server = new()
        {
            Otherwise = RawAnswer.Silence("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"id\":", () => network.Advance(Limit)),
        };
        using OwnedBatchClient client = WireClient.Of(server, options => Limits(options, network));

        Assert.That(async () => await client.Batches.GetAsync("b"), Throws.TypeOf<BatchConnectionException>().With.Property("Timeout").EqualTo("ControlTimeout"));
    }

    [Test]
    public async Task Upload_SilentAnswer_IsATransferIdleTimeout()
    {
        EmulatorClock network = EmulatorClock.Manual();
        await using RawServer server = new() { Otherwise = RawAnswer.Silence(reached: () => network.Advance(Limit)) };
        using OwnedBatchClient client = WireClient.Of(server, options => Limits(options, network));

        BatchConnectionException failed = (await Assert.ThrowsAsync<BatchConnectionException>(() => WireCall.Upload.SendAsyncTo(client)))!;

        Assert.That((failed.Timeout, failed.After), Is.EqualTo(("TransferIdleTimeout", Limit)));
        Assert.That(server.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Upload_LongerThanTheLimitButNeverSilent_GoesThrough()
    {
        EmulatorClock network = EmulatorClock.Manual();
        await using RawServer server = new(WireCall.Upload.Success);
        using OwnedBatchClient client = WireClient.Of(server, options => Limits(options, network));
        using SlowStream stream = new(5, () => network.Advance(Limit - TimeSpan.FromSeconds(1)));

        await client.Files.UploadAsync(stream, "a.jsonl", FilePurpose.Batch);

        Assert.That(server.Single.Body, Does.Contain("\r\n\r\nxxxxx\r\n"));
    }

    [Test]
    public async Task Content_NoAnswer_IsATransferIdleTimeout()
    {
        EmulatorClock network = EmulatorClock.Manual();
        await using RawServer server = new() { Otherwise = RawAnswer.Silence(reached: () => network.Advance(Limit)) };
        using OwnedBatchClient client = WireClient.Of(server, options => Limits(options, network));

        BatchConnectionException failed = (await Assert.ThrowsAsync<BatchConnectionException>(() => client.Files.GetContentAsync("file-1")))!;

        Assert.That((failed.Timeout, failed.After), Is.EqualTo(("TransferIdleTimeout", Limit)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Content_SilenceInTheMiddle_IsATransferIdleTimeout(bool isAsync)
    {
        EmulatorClock network = EmulatorClock.Manual();
        await using RawServer server = new(RawAnswer.Silence("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab"));
        using OwnedBatchClient client = WireClient.Of(server, options => Limits(options, network));
        await using BatchFileContent content = await client.Files.GetContentAsync("file-1");
        byte[] buffer = new byte[10];

        // A minute passes between two reads of the caller: that is no silence of the gateway.
        int first = await content.Stream.ReadAsync(buffer);
        while (first < 2)
            first += await content.Stream.ReadAsync(buffer.AsMemory(first));
        network.Advance(TimeSpan.FromMinutes(1));
        Task<int> second = isAsync ? content.Stream.ReadAsync(buffer, 0, 10) : Task.Run(() => content.Stream.Read(buffer, 0, 10));
        while (!second.IsCompleted)
        {
            network.Advance(Limit);
            await Task.Yield();
        }

        BatchConnectionException failed = (await Assert.ThrowsAsync<BatchConnectionException>(() => second))!;
        Assert.That((failed.Timeout, failed.After), Is.EqualTo(("TransferIdleTimeout", Limit)));
    }

    [Test]
    public async Task Send_ConnectionThatDoesNotOpen_IsAConnectTimeout()
    {
        using ServiceProvider provider = Provider(
            builder => builder.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                ConnectTimeout = TimeSpan.FromMilliseconds(1),
                ConnectCallback = async (_, cancellationToken) =>
                {
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                    throw new InvalidOperationException();
                },
            }),
            options => options.ConnectTimeout = TimeSpan.FromSeconds(3));

        BatchConnectionException failed =
            (await Assert.ThrowsAsync<BatchConnectionException>(() => provider.GetRequiredService<IBatchClient>().Batches.GetAsync("b")))!;

        Assert.That((failed.Timeout, failed.After), Is.EqualTo(("ConnectTimeout", TimeSpan.FromSeconds(3))));
    }

    [Test]
    public async Task Send_ConnectTimeoutOption_IsTheOneOfTheSockets()
    {
        SocketsHttpHandler? sockets = null;
        using ServiceProvider provider = Provider(
            builder => builder.ConfigurePrimaryHttpMessageHandler((handler, _) => sockets = (SocketsHttpHandler)handler),
            options => options.ConnectTimeout = TimeSpan.FromSeconds(3));

        _ = provider.GetRequiredService<IBatchClient>();

        Assert.That(sockets?.ConnectTimeout, Is.EqualTo(TimeSpan.FromSeconds(3)));
        Assert.That(sockets?.AllowAutoRedirect, Is.False);
        await Task.CompletedTask;
    }

    [Test]
    public async Task Send_TimeoutOfTheApplicationOnTheHttpClient_IsNamedAndNoCancellation()
    {
        await using RawServer server = new() { Otherwise = RawAnswer.Silence() };
        using ServiceProvider provider = Provider(
            builder => builder.ConfigureHttpClient(http => http.Timeout = TimeSpan.FromMilliseconds(50)), options => options.ControlPlaneUrl = server.Origin);

        BatchConnectionException failed =
            (await Assert.ThrowsAsync<BatchConnectionException>(() => provider.GetRequiredService<IBatchClient>().Batches.GetAsync("b")))!;

        Assert.That(failed.Timeout, Is.EqualTo("HttpClient.Timeout"));
        Assert.That(failed.After, Is.Not.Null.And.GreaterThan(TimeSpan.Zero));
        Assert.That(failed.Message, Does.Contain("HttpClient.Timeout ran out"));
    }

    private static void Limits(BatchGatewayOptions options, EmulatorClock network)
    {
        options.NetworkClock = network;
        options.ControlTimeout = options.TransferIdleTimeout = Limit;
        options.MaxAttempts = 2;
    }

    private static ServiceProvider Provider(Action<IHttpClientBuilder> control, Action<BatchGatewayOptions> configure)
    {
        ServiceCollection services = new();
        control(services.AddBatchClient(options =>
        {
            options.ControlPlaneUrl = "http://127.0.0.1:9";
            options.ApiKey = WireClient.Key;
            options.TimeProvider = EmulatorClock.AutoAdvancing();
            configure(options);
        }).Control);
        return services.BuildServiceProvider();
    }

    /// <summary>Gives one byte at a time, and lets time pass before each.</summary>
    private sealed class SlowStream(int length, Action pause) : MemoryStream([.. Enumerable.Repeat((byte)'x', length)])
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            pause();
            return base.ReadAsync(buffer[..1], cancellationToken);
        }
    }
}
