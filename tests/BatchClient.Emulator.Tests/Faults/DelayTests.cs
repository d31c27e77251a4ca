using System.Net;
using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Faults;

[CancelAfter(60_000)]
public sealed class DelayTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Test]
    public async Task Delay_OnAnAutoAdvancingClock_JumpsOverIt()
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options => options.Clock = EmulatorClock.AutoAdvancing());
        DateTimeOffset before = gateway.Clock.GetUtcNow();
        gateway.Emulator.OnListFiles.Delay(Hour);

        Assert.That((await gateway.GetAsync("/files")).Status, Is.EqualTo(200));

        Assert.That(gateway.Clock.GetUtcNow() - before, Is.EqualTo(Hour));
    }

    // Held back, each of them would take half a second until the hold lapses: together more than the test's limit.
    [Test]
    [CancelAfter(30_000)]
    public async Task Delay_ManyTimes_NeverHoldsTheClockBack(CancellationToken limit)
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options => options.Clock = EmulatorClock.AutoAdvancing());
        gateway.Emulator.OnListFiles.Always.Delay(Hour);

        for (int i = 0; i < 100; i++)
        {
            using HttpResponseMessage response = await gateway.SendForHeadersAsync(gateway.Request(HttpMethod.Get, "/files"), limit);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }
    }

    [Test]
    public async Task Delay_OnCreate_WorksOnlyWhenItIsOver()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string file = await gateway.UploadAsync(TestGateway.Lines(1));
        gateway.Emulator.OnCreateBatch.Delay(Hour);

        Task<Answer> creating = gateway.TryCreateAsync(file);
        while (gateway.Ledger.Count("CreateBatch") == 0)
            await Task.Yield();
        await Pool.LetItWorkAsync();
        Assert.That(gateway.Ledger.BatchesCreated, Is.Empty);
        while (!creating.IsCompleted)
        {
            gateway.Clock.Advance(Hour);
            await Task.Yield();
        }

        Assert.That((await creating).Status, Is.EqualTo(200));
        Assert.That(gateway.Ledger.BatchesCreated, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Delay_LongerThanTheClientsLimit_LetsTheLimitPass()
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options => options.Clock = EmulatorClock.AutoAdvancing());
        gateway.Emulator.OnListFiles.Delay(Hour);
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(100), gateway.Clock);

        Assert.That(
            async () => await gateway.SendForHeadersAsync(gateway.Request(HttpMethod.Get, "/files"), limit.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Delay_WhenTheClientHangsUp_EndsWithoutTheWork()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string file = await gateway.UploadAsync("x");
        gateway.Emulator.OnDeleteFile.Delay(Hour);
        using RawConnection connection = await RawConnection.OpenAsync(gateway);

        await connection.SendHeadAsync("DELETE", $"/files/{file}");
        while (gateway.Ledger.Count("DeleteFile") == 0)
            await Task.Yield();
        connection.HangUp();
        await connection.WaitForTheEndAsync();
        await gateway.GetAsync("/files");
        await Pool.LetItWorkAsync();
        gateway.Clock.Advance(Hour);
        await gateway.GetAsync("/files");
        await Pool.LetItWorkAsync();

        Assert.That(gateway.Ledger.FilesHeld, Is.EqualTo(new[] { file }));
        Assert.That(gateway.Ledger.Requests.Single(request => request.Route == "DeleteFile").Status, Is.Null);
    }

    [Test]
    public async Task DisposeAsync_InTheMiddleOfADelay_EndsItWithoutTheWork()
    {
        TestGateway gateway = await TestGateway.StartAsync();
        string file = await gateway.UploadAsync(TestGateway.Lines(1));
        gateway.Emulator.OnCreateBatch.Delay(Hour);
        Task<Answer> creating = gateway.TryCreateAsync(file);
        while (gateway.Ledger.Count("CreateBatch") == 0)
            await Task.Yield();

        await gateway.DisposeAsync();
        gateway.Clock.Advance(Hour);

        Assert.That(async () => await creating, Throws.Exception);
        Assert.That(gateway.Ledger.BatchesCreated, Is.Empty);
        Assert.That(gateway.Ledger.Requests[^1].Status, Is.Null);
    }

    [Test]
    public async Task Delay_OfAnOddLength_Throws()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();

        Assert.That(() => gateway.Emulator.OnAnyCall.Delay(TimeSpan.FromTicks(-1)), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => gateway.Emulator.OnAnyCall.Delay(TimeSpan.FromDays(50)), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => gateway.Emulator.OnAnyCall.SlowBody(TimeSpan.Zero, chunkBytes: 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
