using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Faults;

[CancelAfter(60_000)]
public sealed class SlowBodyTests
{
    private const int Piece = 1024 * 1024;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    [TestCase(2, 20)]
    [TestCase(3, 15)]
    [TestCase(10, 0)]
    [TestCase(1024, 0)]
    public async Task SlowBody_OnAnAutoAdvancingClock_PausesBetweenThePieces(int pieceBytes, int seconds)
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options => options.Clock = EmulatorClock.AutoAdvancing());
        string file = await gateway.UploadAsync("0123456789");
        DateTimeOffset before = gateway.Clock.GetUtcNow();
        gateway.Emulator.OnFileContent.SlowBody(Pause, pieceBytes);

        Answer answer = await gateway.GetAsync($"/files/{file}/content");

        Assert.That(answer.Text, Is.EqualTo("0123456789"));
        Assert.That(answer.Headers["Content-Length"], Is.EqualTo("10"));
        Assert.That(gateway.Clock.GetUtcNow() - before, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
    }

    [Test]
    public async Task SlowBody_OfALargeFile_SendsEachPieceAsItIsDue()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string file = (await gateway.UploadAsync(new PatternContent(4 * Piece))).Id;
        gateway.Emulator.OnFileContent.SlowBody(Pause, Piece);

        using HttpResponseMessage response = await gateway.SendForHeadersAsync(gateway.Request(HttpMethod.Get, $"/files/{file}/content"));
        await using Stream body = await response.Content.ReadAsStreamAsync();
        byte[] piece = new byte[Piece];
        for (int i = 0; i < 4; i++)
        {
            Task reading = body.ReadExactlyAsync(piece).AsTask();
            if (i > 0)
            {
                await Pool.LetItWorkAsync();
                Assert.That(gateway.Ledger.BytesServed, Is.EqualTo(i * Piece), "the clock stands still");
            }

            while (i > 0 && !reading.IsCompleted && gateway.Ledger.BytesServed == i * Piece)
            {
                gateway.Clock.Advance(Pause);
                await Task.Yield();
            }

            await reading;
            Assert.That(PatternContent.Matches(piece, i * Piece), Is.True);
        }

        Assert.That(await body.ReadAsync(piece), Is.Zero);
    }

    [Test]
    public async Task DisposeAsync_InTheMiddleOfASlowBody_BreaksIt()
    {
        TestGateway gateway = await TestGateway.StartAsync();
        string file = await gateway.UploadAsync("0123456789");
        gateway.Emulator.OnFileContent.SlowBody(Pause, chunkBytes: 4);
        using HttpResponseMessage response = await gateway.SendForHeadersAsync(gateway.Request(HttpMethod.Get, $"/files/{file}/content"));
        await using Stream body = await response.Content.ReadAsStreamAsync();
        byte[] bytes = new byte[10];
        await body.ReadExactlyAsync(bytes.AsMemory(0, 4));

        await gateway.Emulator.DisposeAsync();
        gateway.Clock.Advance(TimeSpan.FromHours(1));

        Assert.That(async () => await body.ReadExactlyAsync(bytes.AsMemory(4)), Throws.InstanceOf<IOException>());
        Assert.That(gateway.Ledger.BytesServed, Is.EqualTo(4));
        Assert.That(gateway.Ledger.Requests[^1].Status, Is.EqualTo(200));
        await gateway.DisposeAsync();
    }
}
