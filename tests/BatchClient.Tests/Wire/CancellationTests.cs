namespace BatchGateway.Tests.Wire;

public sealed class CancellationTests
{
    [TestCaseSource(typeof(WireCall), nameof(WireCall.All))]
    public async Task Send_TokenCancelledBefore_SendsNothing(object of)
    {
        WireCall call = (WireCall)of;
        await using RawServer server = new();
        using OwnedBatchClient client = WireClient.Of(server);
        using CancellationTokenSource source = new();
        await source.CancelAsync();

        OperationCanceledException cancelled = (await Assert.CatchAsync<OperationCanceledException>(() => call.SendAsyncTo(client, null, source.Token)))!;

        Assert.That(cancelled.CancellationToken, Is.EqualTo(source.Token));
        Assert.That(server.Requests, Is.Empty);
    }

    [TestCaseSource(typeof(WireCall), nameof(WireCall.Unpaid))]
    public async Task Send_TokenCancelledWhileTheGatewayIsSilent_CarriesThatToken(object of)
    {
        WireCall call = (WireCall)of;
        using CancellationTokenSource source = new();
        await using RawServer server = new() { Otherwise = RawAnswer.Silence(reached: source.Cancel) };
        using OwnedBatchClient client = WireClient.Of(server);

        OperationCanceledException cancelled = (await Assert.CatchAsync<OperationCanceledException>(() => call.SendAsyncTo(client, null, source.Token)))!;

        Assert.That(cancelled.CancellationToken, Is.EqualTo(source.Token));
        Assert.That(cancelled.Message, Does.Contain("was cancelled"));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [TestCaseSource(typeof(WireCall), nameof(WireCall.Unpaid))]
    public async Task Send_TokenCancelledBetweenAttempts_CarriesThatToken(object of)
    {
        WireCall call = (WireCall)of;
        await using RawServer server = new() { Otherwise = RawAnswer.Json(503, "{}") };
        using CancellationTokenSource source = new();
        using OwnedBatchClient client = WireClient.Of(server, options => options.TimeProvider = new CancellingClock(source));

        OperationCanceledException cancelled = (await Assert.CatchAsync<OperationCanceledException>(() => call.SendAsyncTo(client, null, source.Token)))!;

        Assert.That(cancelled.CancellationToken, Is.EqualTo(source.Token));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Content_ReadingCancelled_CarriesTheTokenOfTheRead()
    {
        await using RawServer server = new(RawAnswer.Silence("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"));
        using OwnedBatchClient client = WireClient.Of(server);
        await using BatchFileContent content = await client.Files.GetContentAsync("file-1");
        using CancellationTokenSource source = new();

        Task<int> read = content.Stream.ReadAsync(new byte[10], 0, 10, source.Token);
        await source.CancelAsync();

        OperationCanceledException cancelled = (await Assert.CatchAsync<OperationCanceledException>(() => read))!;
        Assert.That(cancelled.CancellationToken, Is.EqualTo(source.Token));
    }

    [Test]
    public async Task Send_TokenProviderCancelsByItself_IsNoCancellationOfTheCaller()
    {
        await using RawServer server = new();
        using OwnedBatchClient client = WireClient.Of(server, options => options.TokenProvider = _ => throw new OperationCanceledException("its own"));

        Assert.That(async () => await client.Batches.GetAsync("b"), Throws.TypeOf<BatchClientException>());
    }

    /// <summary>Cancels as soon as somebody waits by it.</summary>
    private sealed class CancellingClock(CancellationTokenSource source) : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            ITimer timer = base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            ThreadPool.QueueUserWorkItem(_ => source.Cancel());
            return timer;
        }
    }
}
