using System.Text;
using BatchGateway.Emulator;
using BatchGateway.Internal.Endpoints;
using Microsoft.Win32.SafeHandles;

namespace BatchGateway.Tests.Wire;

public sealed class ResumeTests
{
    private const int MiB = 1 << 20;

    private static IEnumerable<int> Seeds => Enumerable.Range(1, 120);

    /// <summary>Gateways of every kind, cuts anywhere, now and then another version in the middle: the file is always wholly the last.</summary>
    [TestCaseSource(nameof(Seeds))]
    public async Task Download_CutAtRandomPlaces_IsExactlyOneVersion(int seed)
    {
        Random random = new(seed);
        byte[] content = RandomBytes(random, random.Next(1, seed % 10 == 0 ? 3 * MiB : 60_000));
        string?[] tags = ["\"v1\"", "\"v1\"", "W/\"v1\"", null];
        string? tag = tags[random.Next(tags.Length)];
        int answers = 0, changeAt = random.Next(3) == 0 ? random.Next(2, 5) : 0;
        ServedFile? file = null;
        file = new ServedFile
        {
            Content = content,
            Tag = tag,
            GivesRanges = random.Next(3) > 0,
            IsChunked = random.Next(2) == 0,
            Asked = () =>
            {
                if (++answers == changeAt)
                    (file!.Content, file.Tag) = (Changed(random, content), tag?.Replace("v1", "v2", StringComparison.Ordinal));
            },
        };
        for (int cuts = random.Next(1, 7); cuts > 0; cuts--)
            file.Cuts.Enqueue(random.Next(content.Length + 1));
        using TemporaryFolder folder = new();
        await using RawServer server = new() { Answering = file.Answer };
        using OwnedBatchClient client = WireClient.Of(server, options => options.MaxAttempts = 20);

        long length = await client.Files.DownloadAsync("file-1", folder.PathOf("x"));

        Assert.That(await File.ReadAllBytesAsync(folder.PathOf("x")), Is.EqualTo(file.Content));
        Assert.That(length, Is.EqualTo(file.Content.Length));
        Assert.That(folder.Names, Is.EqualTo(new[] { "x" }));
    }

    [Test]
    public async Task Download_CutWithAStrongTag_AsksForTheRestOnly()
    {
        using CapturedLog log = new();
        ServedFile file = new() { Content = Encoding.ASCII.GetBytes("0123456789"), Tag = "\"v1\"", GivesRanges = true, Cuts = new([4, 0, 3]) };
        await using RawServer server = new() { Answering = file.Answer };
        using TemporaryFolder folder = new();
        using OwnedBatchClient client = WireClient.Of(server, logs: log);
        BatchCallOptions options = new() { Headers = { ["x-own"] = "1" } };

        await client.Files.DownloadAsync("file-1", folder.PathOf("x"), options);

        Assert.That(await File.ReadAllTextAsync(folder.PathOf("x")), Is.EqualTo("0123456789"));
        Assert.That(server.Requests.Select(request => request["Range"]), Is.EqualTo(new[] { null, "bytes=4-", "bytes=4-", "bytes=7-" }));
        Assert.That(server.Requests.Select(request => request["If-Range"]), Is.EqualTo(new[] { null, "\"v1\"", "\"v1\"", "\"v1\"" }));
        Assert.That(server.Requests.Select(request => request["x-own"]), Is.All.EqualTo("1"));
        Assert.That(server.Requests.Select(request => request["Authorization"]), Is.All.EqualTo($"Bearer {WireClient.Key}"));
        Assert.That(options.Headers.Keys, Is.EqualTo(new[] { "x-own" }), "the caller's options are the caller's");
        Assert.That(log.Events.Select(entry => entry.Id), Is.EqualTo(new[] { 13, 13, 13 }));
        Assert.That(log.Events[0].Text, Does.Contain("file-1").And.Contain("after 4 bytes"));
    }

    [TestCase(null)]
    [TestCase("W/\"v1\"")]
    public async Task Download_CutWithoutAStrongTag_ReadsTheWholeAgainAndSkips(string? tag)
    {
        ServedFile file = new() { Content = Encoding.ASCII.GetBytes("0123456789"), Tag = tag, GivesRanges = true, Cuts = new([4, 2, 7]) };

        (string text, RawRequest[] requests, ProgressLog progress) = await DownloadAsync(file);

        Assert.That(text, Is.EqualTo("0123456789"));
        Assert.That(requests.SelectMany(request => request.Headers).Select(header => header.Key), Has.None.Contains("Range"));
        Assert.That(requests, Has.Length.EqualTo(4));
        Assert.That(progress.Values, Is.Ordered.Ascending.And.Unique, "what is skipped is not counted again");
        Assert.That(progress.Values[^1], Is.EqualTo(10));
    }

    // Of one length and without a tag: only the comparison of what is skipped can tell.
    [TestCase("0123456789", "0xyz456789", 5)]
    [TestCase("0123456789", "x123456789", 5)]
    [TestCase("0123456789", "0123xyzuvw", 4)]
    [TestCase("0123456789", "0123x56789", 5)]
    public async Task Download_ChangedBetweenTwoAttempts_IsWhollyTheNewVersion(string old, string changed, int cut)
    {
        foreach ((string? tag, string? newTag) in new[] { (null, null), ("\"v1\"", "\"v2\""), ("\"v1\"", null), ("W/\"v1\"", "W/\"v2\"") })
        {
            int answers = 0;
            ServedFile? file = null;
            file = new ServedFile
            {
                Content = Encoding.ASCII.GetBytes(old),
                Tag = tag,
                GivesRanges = true,
                Cuts = new([cut]),
                Asked = () =>
                {
                    if (++answers > 1)
                        (file!.Content, file.Tag) = (Encoding.ASCII.GetBytes(changed), newTag);
                },
            };

            (string text, RawRequest[] requests, ProgressLog progress) = await DownloadAsync(file);

            Assert.That(text, Is.EqualTo(changed), $"{tag} {newTag}");
            Assert.That(requests, Has.Length.EqualTo(2));
            Assert.That(progress.Values[^1], Is.EqualTo(10));
        }
    }

    [Test]
    public async Task Download_OldVersionServedAgainAfterANewOneWasContinued_IsNotMixed()
    {
        // What is on disk after the second answer is of v2, though its beginning is the same as that of v1: v1 must not vouch for its rest.
        await using RawServer server = new(
            Cut("0123aaaaaa", 4, "\"v1\""),
            Cut("0123bbbbbb", 7, "\"v2\""),
            RawAnswer.Bytes("HTTP/1.1 206 Partial Content\r\nETag: \"v1\"\r\nContent-Range: bytes 7-9/10\r\nContent-Length: 3\r\n\r\naaa"),
            RawAnswer.Text(200, "0123aaaaaa", null, "ETag: \"v1\""));

        Assert.That(await DownloadTextAsync(server), Is.EqualTo("0123aaaaaa"));
        Assert.That(server.Requests.Select(request => request["If-Range"]), Is.EqualTo(new[] { null, "\"v1\"", "\"v2\"", null }));
    }

    [TestCase("ABC", false)]
    [TestCase("012", false)]
    [TestCase("012", true)]
    public async Task Download_NewVersionIsShorter_IsCutToIt(string shorter, bool isChunked)
    {
        await using RawServer server = new(Cut("0123456789", 5), isChunked ? Chunked(shorter) : RawAnswer.Text(200, shorter, null))
        {
            Otherwise = RawAnswer.Json(200, """{"id":"file-1","bytes":3}"""),
        };

        Assert.That(await DownloadTextAsync(server), Is.EqualTo(shorter));
    }

    // A proxy whose own connection to the gateway broke ends the chunks in good order.
    [TestCase(7, 3, "10")]
    [TestCase(3, 7, "10")]
    [TestCase(7, 3, "null")]
    [TestCase(3, 7, "null")]
    [TestCase(7, 0, "null")]
    public async Task Download_OrderlyEndBeforeTheLengthPromisedBefore_IsACut(int first, int second, string bytes)
    {
        await using RawServer server = new(
            Cut("0123456789", first), Chunked("0123456789"[..second]), FileOf(bytes), RawAnswer.Text(200, "0123456789", null));

        Assert.That(await DownloadTextAsync(server), Is.EqualTo("0123456789"));
        Assert.That(server.Requests, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task Download_OrderlyEndBeforeWhatIsOnDisk_IsACutThoughNothingWasPromised()
    {
        RawAnswer cut = RawAnswer.Bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n0123456\r\n");
        await using RawServer server = new(cut, Chunked("012"), FileOf("null"), Chunked("0123456789"));

        Assert.That(await DownloadTextAsync(server), Is.EqualTo("0123456789"));
    }

    [Test]
    public async Task Download_OrderlyEndOfABodyThatSaysNoMore_IsACutToo()
    {
        await using RawServer server = new(
            Cut("0123456789", 7), RawAnswer.Bytes("HTTP/1.1 200 OK\r\n\r\n012"), FileOf("null"), RawAnswer.Text(200, "0123456789", null));

        Assert.That(await DownloadTextAsync(server), Is.EqualTo("0123456789"));
    }

    [TestCase("3", "\"v1\"", "012")]
    [TestCase("null", "\"v2\"", "012")]
    [TestCase("10", "\"v2\"", "0123456789")]
    [TestCase("null", "\"v1\"", "0123456789")]
    [TestCase("null", "W/\"v1\"", "0123456789")]
    public async Task Download_OrderlyEndOfAPrefix_IsTheWholeOnlyWhenTheGatewaySaysSo(string bytes, string tag, string expected)
    {
        await using RawServer server = new(
            Cut("0123456789", 5, "\"v1\""), Chunked("012", tag), FileOf(bytes), RawAnswer.Text(200, "0123456789", null));

        Assert.That(await DownloadTextAsync(server), Is.EqualTo(expected));
    }

    [Test]
    public async Task Download_AlwaysEndedEarlyInGoodOrder_IsGivenUpWithTheLengthPromised()
    {
        using TemporaryFolder folder = new();
        ServedFile early = new() { Content = "0123"u8.ToArray(), IsChunked = true };
        await using RawServer server = new(Cut("0123456789", 7))
        {
            Answering = request => request.Target.EndsWith("/content", StringComparison.Ordinal) ? early.Answer(request) : FileOf("10"),
        };
        using OwnedBatchClient client = WireClient.Of(server);

        Assert.That(
            async () => await client.Files.DownloadAsync("file-1", folder.PathOf("x")),
            Throws.TypeOf<BatchConnectionException>().With.Message.Contains("7 of 10 bytes came"));
        Assert.That(folder.Names, Is.Empty);
    }

    [TestCase("ETag: \"v1\"", "Content-Range: bytes 3-9/10", TestName = "Download_PartFromAnotherStart_IsNotUsed")]
    [TestCase("ETag: \"v1\"", "Content-Range: bytes 4-9/11", TestName = "Download_PartOfAnotherTotal_IsNotUsed")]
    [TestCase("ETag: \"v1\"", "Content-Range: bytes 4-9/*", TestName = "Download_PartOfAnUnknownTotal_IsNotUsed")]
    [TestCase("ETag: \"v1\"", "Content-Range: bytes 4-8/10", TestName = "Download_PartThatEndsEarly_IsNotUsed")]
    [TestCase("ETag: \"v1\"", "Content-Range: lines 4-9/10", TestName = "Download_PartInAnotherUnit_IsNotUsed")]
    [TestCase("ETag: \"v1\"", "Content-Range: rubbish", TestName = "Download_PartThatCannotBeRead_IsNotUsed")]
    [TestCase("ETag: \"v1\"", "x-none: 1", TestName = "Download_PartThatDoesNotSayWhich_IsNotUsed")]
    [TestCase("ETag: \"v2\"", "Content-Range: bytes 4-9/10", TestName = "Download_PartOfAnotherVersion_IsNotUsed")]
    [TestCase("ETag: W/\"v1\"", "Content-Range: bytes 4-9/10", TestName = "Download_PartWithAWeakTag_IsNotUsed")]
    [TestCase("x-none: 1", "Content-Range: bytes 4-9/10", TestName = "Download_PartWithoutATag_IsNotUsed")]
    public async Task Download_PartThatDoesNotFit_IsNotUsed(string tag, string range)
    {
        await using RawServer server = new(
            Cut("0123456789", 4, "\"v1\""),
            RawAnswer.Text(206, "??????", null, tag, range),
            Cut("0123456789", 6, "\"v1\""),
            RawAnswer.Text(200, "0123456789", null, "ETag: \"v1\""));

        Assert.That(await DownloadTextAsync(server), Is.EqualTo("0123456789"));
        Assert.That(server.Requests.Select(request => request["Range"]), Is.EqualTo(new[] { null, "bytes=4-", null, null }), "asked once a version");
    }

    [TestCase("?????", "bytes 4-9/10", TestName = "Download_PartWhoseLengthBeliesItsRange_IsNotUsed")]
    [TestCase("456789x", "bytes 4-10/11", TestName = "Download_RestOfALongerFile_IsNotUsed")]
    public async Task Download_PartOfAnotherLength_IsNotUsed(string part, string range)
    {
        await using RawServer server = new(
            Cut("0123456789", 4, "\"v1\""),
            RawAnswer.Text(206, part, null, "ETag: \"v1\"", $"Content-Range: {range}"),
            RawAnswer.Text(200, "0123456789", null, "ETag: \"v1\""));

        Assert.That(await DownloadTextAsync(server), Is.EqualTo("0123456789"));
    }

    [Test]
    public async Task Download_RangeNotSatisfiable_TakesTheNewVersion()
    {
        await using RawServer server = new(
            Cut("0123456789", 8, "\"v1\""), RawAnswer.Json(416, "{}", "Content-Range: bytes */3"), RawAnswer.Text(200, "abc", null, "ETag: \"v1\""));

        Assert.That(await DownloadTextAsync(server), Is.EqualTo("abc"));
        Assert.That(server.Requests.Select(request => request["Range"]), Is.EqualTo(new[] { null, "bytes=8-", null }));
    }

    [Test]
    public async Task Download_CutAfterARedirect_AsksTheGatewayAgainAndTheRangeGoesAlong()
    {
        ServedFile file = new() { Content = Encoding.ASCII.GetBytes("0123456789"), Tag = "\"v1\"", GivesRanges = true, Cuts = new([4]) };
        await using RawServer storage = new() { Answering = file.Answer };
        int signed = 0;
        await using RawServer server = new() { Answering = _ => RawAnswer.Json(302, "", $"Location: {storage.Origin}/blob?sig={++signed}") };

        Assert.That(await DownloadTextAsync(server, options => options.Headers["x-own"] = "1"), Is.EqualTo("0123456789"));
        Assert.That(server.Requests.Select(request => request["Range"]), Is.EqualTo(new[] { null, "bytes=4-" }));
        Assert.That(storage.Requests.Select(request => request.Target), Is.EqualTo(new[] { "/blob?sig=1", "/blob?sig=2" }));
        Assert.That(storage.Requests[0].Headers.Select(header => header.Key), Is.EqualTo(new[] { "Host" }));
        Assert.That(storage.Requests[1].Headers.Select(header => header.Key), Is.EquivalentTo(new[] { "Host", "Range", "If-Range" }));
        Assert.That((storage.Requests[1]["Range"], storage.Requests[1]["If-Range"]), Is.EqualTo(("bytes=4-", "\"v1\"")));
    }

    [Test]
    public async Task Download_AttemptsUsedUp_SaysHowMuchCameAndLeavesNothing()
    {
        EmulatorClock clock = EmulatorClock.AutoAdvancing();
        ServedFile file = new() { Content = new byte[10], Tag = "\"v1\"", GivesRanges = true, Cuts = new([4, 3, 0, 0, 0]) };
        using TemporaryFolder folder = new();
        await using RawServer server = new() { Answering = file.Answer, Clock = clock };
        using OwnedBatchClient client = WireClient.Of(server, options => options.TimeProvider = clock);

        BatchConnectionException failed =
            (await Assert.ThrowsAsync<BatchConnectionException>(() => client.Files.DownloadAsync("file-1", folder.PathOf("x"))))!;

        Assert.That(failed.Message, Does.Contain("file-1").And.Contain("7 of 10 bytes came").And.Contain("4 attempts in a row")
            .And.Contain("was removed").And.Contain("download it again"));
        Assert.That(failed.InnerException, Is.TypeOf<BatchConnectionException>());
        Assert.That(folder.Names, Is.Empty);
        TimeSpan[] pauses = [.. server.Requests.Zip(server.Requests.Skip(1), (one, next) => next.Time - one.Time)];
        Assert.That(pauses, Has.Length.EqualTo(3));
        for (int i = 0; i < pauses.Length; i++)
            Assert.That(pauses[i].TotalSeconds, Is.InRange(0.5 * Math.Pow(2, i), 1.01 * Math.Pow(2, i)), "the delays of any other retry");
    }

    [TestCase(MiB, true)]
    [TestCase(MiB - 1, false)]
    public async Task Download_AttemptsThatBringAMebibyte_StartTheCountAgain(int each, bool isComplete)
    {
        byte[] content = RandomBytes(new Random(7), 5 * MiB);
        ServedFile file = new() { Content = content, Tag = "\"v1\"", GivesRanges = true };
        for (int i = 0; i < 4; i++)
            file.Cuts.Enqueue(each);
        using TemporaryFolder folder = new();
        await using RawServer server = new() { Answering = file.Answer };
        using OwnedBatchClient client = WireClient.Of(server, options => options.MaxAttempts = 2);

        if (isComplete)
            Assert.That(await client.Files.DownloadAsync("file-1", folder.PathOf("x")), Is.EqualTo(content.Length));
        else
            Assert.That(async () => await client.Files.DownloadAsync("file-1", folder.PathOf("x")), Throws.TypeOf<BatchConnectionException>());

        Assert.That(server.Requests, Has.Count.EqualTo(isComplete ? 5 : 2));
    }

    [Test]
    public async Task Download_SkippedBytes_AreNothingNew()
    {
        byte[] content = RandomBytes(new Random(7), 3 * MiB);
        ServedFile file = new() { Content = content };
        for (int i = 0; i < 9; i++)
            file.Cuts.Enqueue((2 * MiB) + i);
        using TemporaryFolder folder = new();
        await using RawServer server = new() { Answering = file.Answer };
        using OwnedBatchClient client = WireClient.Of(server, options => options.MaxAttempts = 3);

        Assert.That(async () => await client.Files.DownloadAsync("file-1", folder.PathOf("x")), Throws.TypeOf<BatchConnectionException>());
        Assert.That(server.Requests, Has.Count.EqualTo(3));
    }

    [TestCase(1, 3, 2)]
    [TestCase(2, 6, 3)]
    public async Task Download_FileThatKeepsChanging_IsGivenUpHoweverMuchEachAttemptBrings(int every, int requests, int changes)
    {
        int answers = 0;
        ServedFile? file = null;
        file = new ServedFile
        {
            Content = RandomBytes(new Random(1), 10 * MiB),
            Asked = () =>
            {
                if (answers++ % every == every - 1)
                    file!.Content = RandomBytes(new Random(answers), 10 * MiB);
                file!.Cuts.Enqueue(answers * (MiB + 1));
            },
        };
        using TemporaryFolder folder = new();
        await using RawServer server = new() { Answering = file.Answer };
        using OwnedBatchClient client = WireClient.Of(server, options => options.MaxAttempts = 3);

        Assert.That(
            async () => await client.Files.DownloadAsync("file-1", folder.PathOf("x")),
            Throws.TypeOf<BatchConnectionException>().With.Message.Contains($"changed {changes} times"));
        Assert.That(folder.Names, Is.Empty);
        Assert.That(server.Requests, Has.Count.EqualTo(requests));
    }

    [Test]
    public async Task Download_ConnectionsThatFailWhenOpenedAgain_AreAttempts()
    {
        await using RawServer server = new(
            [Cut("0123456789", 4), .. Enumerable.Repeat(RawAnswer.Reset, 5), RawAnswer.Text(200, "0123456789", null)]);

        Assert.That(await DownloadTextAsync(server), Is.EqualTo("0123456789"));
        Assert.That(server.Requests, Has.Count.EqualTo(7));
    }

    [Test]
    public async Task Download_RefusedWhenOpenedAgain_IsFinal()
    {
        using TemporaryFolder folder = new();
        await using RawServer server = new(Cut("0123456789", 4), RawAnswer.Json(404, """{"error":{"message":"expired"}}"""));
        using OwnedBatchClient client = WireClient.Of(server);

        Assert.That(async () => await client.Files.DownloadAsync("file-1", folder.PathOf("x")), Throws.TypeOf<BatchApiException>());
        Assert.That(folder.Names, Is.Empty);
    }

    [Test]
    public async Task Download_BodyThatFallsSilent_IsResumed()
    {
        EmulatorClock network = EmulatorClock.Manual();
        await using RawServer server = new(RawAnswer.Silence("HTTP/1.1 200 OK\r\nContent-Length: 10\r\nETag: \"v1\"\r\n\r\n0123"))
        {
            Otherwise = RawAnswer.Text(206, "456789", null, "ETag: \"v1\"", "Content-Range: bytes 4-9/10"),
        };
        using TemporaryFolder folder = new();
        using CapturedLog log = new();
        using OwnedBatchClient client = WireClient.Of(server, options => options.NetworkClock = network, log);
        ProgressLog progress = new();

        Task<long> download = client.Files.DownloadAsync("file-1", folder.PathOf("x"), progress: progress);
        while (!download.IsCompleted && log.Events.Count == 0)
        {
            if (progress.Values.Count > 0)
                network.Advance(TimeSpan.FromMinutes(5));
            await Task.Yield();
        }

        Assert.That(await download, Is.EqualTo(10));
        Assert.That(await File.ReadAllTextAsync(folder.PathOf("x")), Is.EqualTo("0123456789"));
    }

    [Test]
    public async Task Download_EndlessBodyThatIsShort_IsReadAgain()
    {
        RawAnswer file = RawAnswer.Json(200, """{"id":"file-1","bytes":10}""");
        await using RawServer server = new(
            RawAnswer.Bytes("HTTP/1.1 200 OK\r\n\r\n0123"),
            file,
            RawAnswer.Bytes("HTTP/1.1 200 OK\r\n\r\n01"),
            file,
            RawAnswer.Bytes("HTTP/1.1 200 OK\r\n\r\n0123456789"),
            file);

        Assert.That(await DownloadTextAsync(server), Is.EqualTo("0123456789"));
    }

    [Test]
    public async Task Download_CancelledInThePause_LeavesNothing()
    {
        using CancellationTokenSource source = new();
        using TemporaryFolder folder = new();
        await using RawServer server = new(Cut("0123456789", 4));
        using CapturedLog log = new();
        using OwnedBatchClient client = WireClient.Of(server, options => options.TimeProvider = EmulatorClock.Manual(), log);

        Task<long> download = client.Files.DownloadAsync("file-1", folder.PathOf("x"), cancellationToken: source.Token);
        while (!download.IsCompleted && log.Events.Count == 0)
            await Task.Yield();
        await source.CancelAsync();

        Assert.That(async () => await download, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(folder.Names, Is.Empty);
    }

    [TestCase("")]
    [TestCase("HTTP/1.1 206 Partial Content\r\nETag: \"v1\"\r\nContent-Range: bytes 4-9/10\r\nContent-Length: 6\r\n\r\n45")]
    [TestCase("HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nContent-Length: 10\r\n\r\n01")]
    public async Task Download_CancelledInTheSecondAttempt_LeavesNothing(string second)
    {
        using CancellationTokenSource source = new();
        using TemporaryFolder folder = new();
        await using RawServer server = new(Cut("0123456789", 4, "\"v1\""), RawAnswer.Silence(second, source.Cancel));
        using OwnedBatchClient client = WireClient.Of(server);

        Assert.That(
            async () => await client.Files.DownloadAsync("file-1", folder.PathOf("x"), cancellationToken: source.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(folder.Names, Is.Empty);
    }

    [TestCase("Range", "bytes=0-3")]
    [TestCase("if-range", "\"v1\"")]
    public async Task Download_OwnRange_IsRefused(string header, string value)
    {
        using TemporaryFolder folder = new();
        await using RawServer server = new();
        using OwnedBatchClient client = WireClient.Of(server);

        Assert.That(
            async () => await client.Files.DownloadAsync("file-1", folder.PathOf("x"), new BatchCallOptions { Headers = { [header] = value } }),
            Throws.ArgumentException.With.Message.Contains(header).And.Message.Contains("GetContentAsync"));
        Assert.That(server.Requests, Is.Empty);
    }

    [Test]
    public async Task Download_RangeAmongTheClientsHeaders_IsAnErrorAndNoFile()
    {
        using TemporaryFolder folder = new();
        await using RawServer server = new(RawAnswer.Text(206, "0123", null, "Content-Range: bytes 0-3/10"));
        using OwnedBatchClient client = WireClient.Of(server, options => options.Headers["Range"] = "bytes=0-3");

        Assert.That(
            async () => await client.Files.DownloadAsync("file-1", folder.PathOf("x")),
            Throws.TypeOf<BatchResponseException>().With.Message.Contains("bytes 0-3/10"));
        Assert.That(folder.Names, Is.Empty);
    }

    [Test]
    [Platform("Linux")]
    public async Task Download_DiskThatHasNoRoom_IsTheIOExceptionItselfAndIsNotRepeated()
    {
        await using RawServer server = new(RawAnswer.Text(200, "0123", null));
        using OwnedBatchClient client = WireClient.Of(server);
        await using ResumableDownload download = await ResumableDownload.OpenAsync(client.Files, "file-1", null, null, CancellationToken.None);
        using SafeFileHandle full = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write);

        Assert.That(async () => await download.WriteToAsync(full, CancellationToken.None), Throws.InstanceOf<IOException>());
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [TestCase(5_000_000, 5_000_000)]
    [TestCase(1 << 30, 1 << 30)]
    [TestCase(4L << 30, 1 << 30)]
    public async Task Open_Length_IsTheRoomThatIsMadeUpToAGibibyte(long length, long room)
    {
        await using RawServer server = new(RawAnswer.Bytes($"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n0123"));
        using OwnedBatchClient client = WireClient.Of(server);

        await using ResumableDownload download = await ResumableDownload.OpenAsync(client.Files, "file-1", null, null, CancellationToken.None);

        Assert.That(download.Room, Is.EqualTo(room), "a length that is a lie must not fill the disk");
    }

    [Test]
    public async Task Download_LengthThatWasALie_EndsWithTheTrueOne()
    {
        await using RawServer server = new(
            RawAnswer.Bytes("HTTP/1.1 200 OK\r\nContent-Length: 4294967296\r\n\r\n0123"), RawAnswer.Text(200, "012345", null));

        Assert.That(await DownloadTextAsync(server), Is.EqualTo("012345"));
    }

    [Test]
    public async Task Download_TargetThatCannotBeReplaced_LeavesNothingBeside()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.PathOf("x"));
        await using RawServer server = new(RawAnswer.Text(200, "0123", null));
        using OwnedBatchClient client = WireClient.Of(server);

        Assert.That(
            async () => await client.Files.DownloadAsync("file-1", folder.PathOf("x")),
            Throws.InstanceOf<IOException>().Or.InstanceOf<UnauthorizedAccessException>());
        Assert.That(folder.Names, Is.EqualTo(new[] { "x" }));
    }

    [Test]
    public async Task Download_ProgressThatThrows_EndsItWithThat()
    {
        using TemporaryFolder folder = new();
        await using RawServer server = new(RawAnswer.Text(200, "0123", null));
        using OwnedBatchClient client = WireClient.Of(server);
        ProgressLog progress = new(_ => throw new InvalidOperationException("not now"));

        Assert.That(
            async () => await client.Files.DownloadAsync("file-1", folder.PathOf("x"), progress: progress),
            Throws.InvalidOperationException.With.Message.EqualTo("not now"));
        Assert.That(folder.Names, Is.Empty);
    }

    [Test]
    public async Task Download_ChangedContent_ReportsFromWhereItDiffers()
    {
        await using RawServer server = new(Cut("0123456789", 6), RawAnswer.Text(200, "01xx", null));
        using TemporaryFolder folder = new();
        using OwnedBatchClient client = WireClient.Of(server);
        ProgressLog progress = new();

        await client.Files.DownloadAsync("file-1", folder.PathOf("x"), progress: progress);

        Assert.That(progress.Values[^1], Is.EqualTo(4));
        Assert.That(progress.Values, Has.Member(6));
    }

    [Test]
    public async Task Download_OverADecorator_IsAsPatientAsTheClientItself()
    {
        ServedFile file = new() { Content = "0123456789"u8.ToArray(), Tag = "\"v1\"", GivesRanges = true, Cuts = new([4, 0, 0, 0, 0, 0, 0]) };
        using TemporaryFolder folder = new();
        await using RawServer server = new() { Answering = file.Answer };
        using OwnedBatchClient client = WireClient.Of(server, options => options.MaxAttempts = 8);

        Assert.That(await new Decorated(client.Files).DownloadAsync("file-1", folder.PathOf("x")), Is.EqualTo(10));
        Assert.That(server.Requests, Has.Count.EqualTo(8));
    }

    [Test]
    public async Task ToTemporary_CutAndThenShorter_IsTheNewVersionFromItsStart()
    {
        await using RawServer server = new(Cut("0123456789", 4), RawAnswer.Text(200, "01x", null));
        using OwnedBatchClient client = WireClient.Of(server);

        FileStream copy = (FileStream)await Downloads.ToTemporaryAsync(client.Files, "file-1", null, CancellationToken.None);

        Assert.That((copy.Position, copy.Length), Is.EqualTo((0L, 3L)));
        Assert.That(await new StreamReader(copy, leaveOpen: true).ReadToEndAsync(), Is.EqualTo("01x"));
        if (!OperatingSystem.IsWindows())
            Assert.That(File.GetUnixFileMode(copy.SafeFileHandle), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        await copy.DisposeAsync();
        Assert.That(File.Exists(copy.Name), Is.False);
    }

    private static async Task<string> DownloadTextAsync(RawServer server, Action<BatchGatewayOptions>? configure = null)
    {
        using TemporaryFolder folder = new();
        using OwnedBatchClient client = WireClient.Of(server, configure);
        await client.Files.DownloadAsync("file-1", folder.PathOf("x"));
        return await File.ReadAllTextAsync(folder.PathOf("x"));
    }

    private static async Task<(string Text, RawRequest[] Requests, ProgressLog Progress)> DownloadAsync(ServedFile file)
    {
        using TemporaryFolder folder = new();
        await using RawServer server = new() { Answering = file.Answer };
        using OwnedBatchClient client = WireClient.Of(server);
        ProgressLog progress = new();
        await client.Files.DownloadAsync("file-1", folder.PathOf("x"), progress: progress);
        return (await File.ReadAllTextAsync(folder.PathOf("x")), [.. server.Requests], progress);
    }

    private static RawAnswer Cut(string content, int at, string? tag = null) => RawAnswer.Bytes(
        $"HTTP/1.1 200 OK\r\nContent-Length: {content.Length}\r\n{(tag is null ? "" : $"ETag: {tag}\r\n")}\r\n{content[..at]}");

    private static RawAnswer Chunked(string content, string? tag = null) => RawAnswer.Bytes(
        $"HTTP/1.1 200 OK\r\n{(tag is null ? "" : $"ETag: {tag}\r\n")}Transfer-Encoding: chunked\r\n\r\n"
        + (content.Length > 0 ? $"{content.Length:x}\r\n{content}\r\n" : "") + "0\r\n\r\n");

    private static RawAnswer FileOf(string bytes) => RawAnswer.Json(200, $$"""{"id":"file-1","bytes":{{bytes}}}""");

    private static byte[] RandomBytes(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Another version: the same up to some place, perhaps of another length.</summary>
    private static byte[] Changed(Random random, byte[] content)
    {
        byte[] changed = RandomBytes(random, random.Next(2) == 0 ? content.Length : random.Next(1, content.Length * 2));
        content.AsSpan(0, random.Next(Math.Min(content.Length, changed.Length))).CopyTo(changed);
        return changed;
    }

    /// <summary>An application's own layer over the file calls.</summary>
    private sealed class Decorated(IFilesApi inner) : IFilesApi
    {
        public Task<BatchFile> UploadAsync(
            Stream content, string fileName, FilePurpose purpose, BatchCallOptions? options = null, CancellationToken cancellationToken = default) =>
            inner.UploadAsync(content, fileName, purpose, options, cancellationToken);

        public Task<BatchFile> GetAsync(string fileId, BatchCallOptions? options = null, CancellationToken cancellationToken = default) =>
            inner.GetAsync(fileId, options, cancellationToken);

        public Task<ListPage<BatchFile>> ListPageAsync(
            FilePurpose purpose = default,
            string? after = null,
            int? limit = null,
            string? order = null,
            BatchCallOptions? options = null,
            CancellationToken cancellationToken = default) => inner.ListPageAsync(purpose, after, limit, order, options, cancellationToken);

        public Task<bool> DeleteAsync(string fileId, BatchCallOptions? options = null, CancellationToken cancellationToken = default) =>
            inner.DeleteAsync(fileId, options, cancellationToken);

        public Task<BatchFileContent> GetContentAsync(
            string fileId, BatchCallOptions? options = null, CancellationToken cancellationToken = default) =>
            inner.GetContentAsync(fileId, options, cancellationToken);
    }
}
