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
        long between = GC.GetTotalAllocatedBytes(precise: true);
        long received = await DownloadAsync(gateway, file);
        long after = GC.GetTotalAllocatedBytes(precise: true);

        TestContext.Out.WriteLine($"allocated {between - before:N0} bytes for the upload, {after - between:N0} for the download");
        Assert.That(received, Is.EqualTo(Size));

        // Kestrel without a host rents its receive buffers from the shared pool, which lets most of them go again: three quarters of what
        // comes in, and no more. A file that is held in memory would cost its own size on top.
        Assert.That(between - before, Is.LessThan(Size));
        Assert.That(after - between, Is.LessThan(Size / 10));
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
