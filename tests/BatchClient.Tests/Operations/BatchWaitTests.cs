using System.Diagnostics.Metrics;

namespace BatchGateway.Tests.Operations;

public sealed class BatchWaitTests
{
    private static readonly string Running = ScriptedGateway.Batch("in_progress");
    private static readonly string Completed = ScriptedGateway.Batch("completed", "\"completed_at\":1761896225");

    [TestCase("completed", BatchStatusKind.Completed)]
    [TestCase("failed", BatchStatusKind.Failed)]
    [TestCase("expired", BatchStatusKind.Expired)]
    [TestCase("cancelled", BatchStatusKind.Cancelled)]
    [TestCase("stopped", BatchStatusKind.Cancelled)]
    public async Task WaitAsync_AnyTerminalState_ReturnsIt(string status, BatchStatusKind kind)
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets(Running, ScriptedGateway.Batch(status));

        Batch end = await gateway.Client().Attach("batch_1").WaitAsync();

        Assert.That(end.Status.Kind, Is.EqualTo(kind));
    }

    [Test]
    public async Task WaitAsync_ADayOf5xxAndBrokenConnectionsAndGarbage_GoesOn()
    {
        ScriptedGateway gateway = new ScriptedGateway()
            .GetsStatus(500, 400).GetsStatus(503, 400).GetsStatus(408, 200).GetsStatus(429, 200).GetsFailure(400).Gets("<html>", "{}", "", Completed);

        Batch end = await gateway.Client().Attach("batch_1").WaitAsync();

        Assert.That(end.Status, Is.EqualTo(BatchStatus.Completed));
        Assert.That(gateway.GetTimes[^1] - gateway.GetTimes[0], Is.GreaterThan(TimeSpan.FromHours(24)));
    }

    [Test]
    public async Task WaitAsync_RetryAfter_IsNeverUndercutAndAboveTheCapItIsSaid()
    {
        ScriptedGateway gateway = new ScriptedGateway().GetsStatus(429, retryAfter: TimeSpan.FromMinutes(20)).Gets(Completed);
        Reports reports = new();

        await gateway.Client().Attach("batch_1").WaitAsync(progress: reports);

        Assert.That(gateway.GetTimes[1] - gateway.GetTimes[0], Is.GreaterThanOrEqualTo(TimeSpan.FromMinutes(20)));
        Assert.That(reports[0].Notice, Does.Contain("00:20:00"));
        Assert.That(reports[0].Failure, Is.InstanceOf<BatchApiException>());
    }

    [Test]
    public async Task WaitAsync_RetryAfterOfYears_IsObeyedToo()
    {
        ScriptedGateway gateway = new ScriptedGateway().GetsStatus(429, retryAfter: TimeSpan.FromDays(800)).Gets(Completed);

        await gateway.Client().Attach("batch_1").WaitAsync();

        Assert.That(gateway.GetTimes[1] - gateway.GetTimes[0], Is.GreaterThanOrEqualTo(TimeSpan.FromDays(800)));
    }

    [TestCase(0, 60, 1)]
    [TestCase(5, 4, 1)]
    [TestCase(5, 60, -1)]
    public void WaitAsync_OptionsThatCannotBe_AreRefused(double poll, double longest, double timeout)
    {
        WaitOptions options = new()
        {
            PollInterval = TimeSpan.FromSeconds(poll),
            MaxPollInterval = TimeSpan.FromSeconds(longest),
            Timeout = TimeSpan.FromSeconds(timeout),
        };

        Assert.That(async () => await new ScriptedGateway().Gets(Completed).Client().Attach("batch_1").WaitAsync(options), Throws.ArgumentException);
    }

    [Test]
    public async Task WaitAsync_SawItRun_RecordsHowLongItTookByTheGatewaysClock()
    {
        string end = ScriptedGateway.Batch("completed", "\"created_at\":1000000000,\"completed_at\":1000000090");
        List<double> durations = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Name == "batchclient.batch.duration")
                own.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => durations.Add(value));
        listener.Start();

        await new ScriptedGateway().Gets(end).Client().Attach("batch_1").WaitAsync();
        int afterAFinishedOne = durations.Count(duration => duration == 90);
        await new ScriptedGateway().Gets(Running, end).Client().Attach("batch_1").WaitAsync();

        Assert.That(afterAFinishedOne, Is.Zero, "this wait did not see it run");
        Assert.That(durations.Count(duration => duration == 90), Is.EqualTo(1));
    }

    [Test]
    public async Task WaitAsync_PollIntervals_GrowToTheCap()
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets([.. Enumerable.Repeat(Running, 20), Completed]);

        await gateway.Client().Attach("batch_1").WaitAsync(new WaitOptions { PollInterval = TimeSpan.FromSeconds(2), MaxPollInterval = TimeSpan.FromSeconds(30) });

        List<double> gaps = gateway.GetTimes.Zip(gateway.GetTimes.Skip(1), (a, b) => (b - a).TotalSeconds).ToList();
        Assert.That(gaps[0], Is.EqualTo(2).Within(0.01));
        Assert.That(gaps[1], Is.EqualTo(3).Within(0.01));
        Assert.That(gaps, Is.Ordered);
        Assert.That(gaps[^1], Is.EqualTo(30).Within(0.01));
    }

    [Test]
    public async Task WaitAsync_401ForLessThanFifteenMinutes_GoesOn()
    {
        ScriptedGateway gateway = new ScriptedGateway().GetsStatus(401, 15).Gets(Completed);

        Batch end = await gateway.Client().Attach("batch_1").WaitAsync();

        Assert.That(end.IsTerminal, Is.True);
        Assert.That(gateway.GetTimes[15] - gateway.GetTimes[0], Is.GreaterThan(TimeSpan.FromMinutes(5)));
    }

    [Test]
    public async Task WaitAsync_401ForLonger_Throws()
    {
        ScriptedGateway gateway = new ScriptedGateway().GetsStatus(401, 1000);

        BatchApiException? exception = await Assert.ThrowsAsync<BatchApiException>(() => gateway.Client().Attach("batch_1").WaitAsync());

        Assert.That((int)exception!.StatusCode, Is.EqualTo(401));
        Assert.That(gateway.GetTimes[^1] - gateway.GetTimes[0], Is.InRange(TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(17)));
    }

    [Test]
    public async Task WaitAsync_403_ThrowsAtOnceAndNamesTheProviderHeader()
    {
        ScriptedGateway gateway = new ScriptedGateway().GetsStatus(403);

        BatchApiException? exception = await Assert.ThrowsAsync<BatchApiException>(() => gateway.Client().Attach("batch_1").WaitAsync());

        Assert.That(exception!.Message, Does.Contain(GatewayHeaders.Provider));
        Assert.That(gateway.GetTimes, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task WaitAsync_404RightAfterAttach_GoesOnForTwoMinutes()
    {
        ScriptedGateway gateway = new ScriptedGateway().GetsStatus(404, 3).Gets(Completed);

        Assert.That((await gateway.Client().Attach("batch_1").WaitAsync()).IsTerminal, Is.True);
    }

    [Test]
    public async Task WaitAsync_404ForLonger_ThrowsAndNamesTheProviderHeader()
    {
        ScriptedGateway gateway = new ScriptedGateway().GetsStatus(404, 1000);

        BatchApiException? exception = await Assert.ThrowsAsync<BatchApiException>(() => gateway.Client().Attach("batch_1").WaitAsync());

        Assert.That(exception!.Message, Does.Contain(GatewayHeaders.Provider));
        Assert.That(gateway.GetTimes[^1] - gateway.GetTimes[0], Is.InRange(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3.1)));
    }

    [Test]
    public async Task WaitAsync_UnknownStatus_GoesOnAndSaysSoEveryHour()
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets([.. Enumerable.Repeat(ScriptedGateway.Batch("pondering"), 200), Completed]);
        Reports reports = new();

        await gateway.Client().Attach("batch_1").WaitAsync(progress: reports);

        List<BatchProgress> notices = reports.Where(report => report.Notice is not null).ToList();
        Assert.That(notices, Has.Count.InRange(3, 4), "200 polls a minute apart");
        Assert.That(notices[0].Notice, Does.Contain("pondering"));
        Assert.That(notices[1].Elapsed - notices[0].Elapsed, Is.GreaterThanOrEqualTo(TimeSpan.FromHours(1)));
    }

    [Test]
    public async Task WaitAsync_UnknownStatusWithATimeOfAnEnd_IsTheEnd()
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets(ScriptedGateway.Batch("perished", "\"failed_at\":1761896225"));

        Assert.That((await gateway.Client().Attach("batch_1").WaitAsync()).Status.ToString(), Is.EqualTo("perished"));
    }

    [Test]
    public async Task WaitAsync_LongPastExpiresAt_IsNoVerdict()
    {
        string late = ScriptedGateway.Batch("in_progress", "\"expires_at\":1000000000");
        ScriptedGateway gateway = new ScriptedGateway().Gets([.. Enumerable.Repeat(late, 50), Completed]);

        Assert.That((await gateway.Client().Attach("batch_1").WaitAsync()).Status, Is.EqualTo(BatchStatus.Completed));
    }

    [Test]
    public async Task WaitAsync_TimeoutRunsOut_ThrowsWithTheLastSnapshot()
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets(Running);

        BatchWaitTimeoutException? exception = await Assert.ThrowsAsync<BatchWaitTimeoutException>(
            () => gateway.Client().Attach("batch_1").WaitAsync(new WaitOptions { Timeout = TimeSpan.FromHours(3) }));

        Assert.That(exception!.Last?.Status, Is.EqualTo(BatchStatus.InProgress));
        Assert.That(exception.Timeout, Is.EqualTo(TimeSpan.FromHours(3)));
        Assert.That(gateway.GetTimes[^1] - gateway.GetTimes[0], Is.LessThanOrEqualTo(TimeSpan.FromHours(3)));
    }

    [Test]
    public async Task WaitAsync_NeverAnAnswerUntilTheTimeout_ThrowsWithTheLastFailure()
    {
        ScriptedGateway gateway = new ScriptedGateway().GetsFailure(10_000);

        BatchWaitTimeoutException? exception = await Assert.ThrowsAsync<BatchWaitTimeoutException>(
            () => gateway.Client().Attach("batch_1").WaitAsync(new WaitOptions { Timeout = TimeSpan.FromHours(1) }));

        Assert.That(exception!.Last, Is.Null);
        Assert.That(exception.InnerException, Is.InstanceOf<BatchConnectionException>());
    }

    [Test]
    public async Task WaitAsync_RetryAfterBeyondTheLongestTimer_IsObeyed()
    {
        ScriptedGateway gateway = new ScriptedGateway().GetsStatus(503, retryAfter: TimeSpan.FromDays(100)).Gets(Completed);

        await gateway.Client().Attach("batch_1").WaitAsync();

        Assert.That(gateway.GetTimes[1] - gateway.GetTimes[0], Is.EqualTo(TimeSpan.FromDays(100)));
    }

    [Test]
    public async Task WaitAsync_LimitsWithoutALimit_Waits()
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets(Running, Running, Completed);
        WaitOptions options = new() { Timeout = TimeSpan.MaxValue, PollInterval = TimeSpan.FromDays(60), MaxPollInterval = TimeSpan.MaxValue };

        Assert.That((await gateway.Client().Attach("batch_1").WaitAsync(options)).IsTerminal, Is.True);
    }

    [Test]
    public void WaitAsync_NegativeTimeout_IsRefused() => Assert.That(
        async () => await new ScriptedGateway().Gets(Running).Client().Attach("batch_1").WaitAsync(new WaitOptions { Timeout = TimeSpan.FromSeconds(-5) }),
        Throws.ArgumentException.With.Message.Contains("Timeout"));

    [Test]
    public async Task WaitAsync_Cancelled_ThrowsWithTheCallersToken()
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets(Running);
        using CancellationTokenSource source = new();
        Reports reports = new(report => source.Cancel());

        OperationCanceledException? exception = await Assert.ThrowsAsync<OperationCanceledException>(
            () => gateway.Client().Attach("batch_1").WaitAsync(progress: reports, cancellationToken: source.Token));

        Assert.That(exception!.CancellationToken, Is.EqualTo(source.Token));
    }

    /// <summary>Progress at once and in order, unlike <see cref="Progress{T}"/>.</summary>
    private sealed class Reports(Action<BatchProgress>? also = null) : List<BatchProgress>, IProgress<BatchProgress>
    {
        public void Report(BatchProgress value)
        {
            Add(value);
            also?.Invoke(value);
        }
    }
}
