using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Files;

[CancelAfter(120_000)]
public sealed class LargeFileTests
{
    private const long Size = 200L * 1024 * 1024;
    private const int Cut = 150_000_000;

    [Test]
    public async Task Upload_OfALargeFileAndItsContent_AllocateLittle()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        await DownloadAsync(gateway, await gateway.UploadAsync("warm"), check: false);
        long before = GC.GetTotalAllocatedBytes(precise: true);

        string file = (await gateway.UploadAsync(new PatternContent(Size))).Id;
        long received = await DownloadAsync(gateway, file);

        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        TestContext.Out.WriteLine($"allocated {allocated:N0} bytes");
        Assert.That(received, Is.EqualTo(Size));
        Assert.That(allocated, Is.LessThan(Size / 10));
        Assert.That(gateway.Ledger.BytesReceived, Is.EqualTo(Size + 4));
        Assert.That(gateway.Ledger.BytesServed, Is.EqualTo(Size + 4));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task CutBody_OfALargeFile_SendsWhatItSaysThenBreaks(bool withLength)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string file = (await gateway.UploadAsync(new PatternContent(Size))).Id;
        gateway.Emulator.OnFileContent.CutBody(Cut, withLength);
        long before = GC.GetTotalAllocatedBytes(precise: true);

        long received = await DownloadAsync(gateway, file, announced: withLength ? Size : null, breaks: true);

        Assert.That(received, Is.EqualTo(Cut));
        Assert.That(gateway.Ledger.BytesServed, Is.EqualTo(Cut));
        Assert.That(GC.GetTotalAllocatedBytes(precise: true) - before, Is.LessThan(Size / 10));
        Assert.That(gateway.Ledger.Requests[^1].Status, Is.EqualTo(200));
    }

    private static Task<long> DownloadAsync(TestGateway gateway, string file, bool check = true) =>
        DownloadAsync(gateway, file, check ? Size : 4, breaks: false, check);

    private static async Task<long> DownloadAsync(TestGateway gateway, string file, long? announced, bool breaks, bool check = true)
    {
        using HttpResponseMessage response = await gateway.SendForHeadersAsync(gateway.Request(HttpMethod.Get, $"/files/{file}/content"));
        Assert.That(response.Content.Headers.ContentLength, Is.EqualTo(announced));
        await using Stream body = await response.Content.ReadAsStreamAsync();
        byte[] buffer = new byte[64 * 1024];
        long total = 0;
        bool matches = true;
        bool broke = false;
        try
        {
            while (await body.ReadAsync(buffer) is > 0 and int count)
            {
                matches &= !check || PatternContent.Matches(buffer.AsSpan(0, count), total);
                total += count;
            }
        }
        catch (IOException)
        {
            broke = true;
        }

        Assert.That((matches, broke), Is.EqualTo((true, breaks)));
        return total;
    }
}
