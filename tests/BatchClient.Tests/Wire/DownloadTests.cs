using System.Globalization;
using System.Text;

namespace BatchGateway.Tests.Wire;

public sealed class DownloadTests
{
    private static readonly RawAnswer[] CutAnswers =
    [
        RawAnswer.Bytes("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n1234567"),
        RawAnswer.Bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n1234567\r\n"),
        RawAnswer.Bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n1234567"),
    ];

    [TestCaseSource(nameof(CutAnswers))]
    public async Task Download_BodyThatIsAlwaysCut_FailsAndLeavesTheTargetAndNothingElse(object of)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("results.jsonl", "old");
        await using RawServer server = new() { Otherwise = (RawAnswer)of };
        using OwnedBatchClient client = WireClient.Of(server);

        Assert.That(async () => await client.Files.DownloadAsync("file-1", path), Throws.TypeOf<BatchConnectionException>().With.Message.Contains("file-1"));
        Assert.That(server.Requests, Has.Count.EqualTo(4), "as often as MaxAttempts says");
        Assert.That(await File.ReadAllTextAsync(path), Is.EqualTo("old"));
        Assert.That(folder.Names, Is.EqualTo(new[] { "results.jsonl" }));
    }

    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n1234567")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n123\r\n4\r\n4567\r\n0\r\n\r\n")]
    public async Task Download_WholeBody_ReplacesTheTarget(string answer)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("results.jsonl", "something old and longer");
        await using RawServer server = new(RawAnswer.Bytes(answer));
        using OwnedBatchClient client = WireClient.Of(server);

        long length = await client.Files.DownloadAsync("file-1", path);

        Assert.That(length, Is.EqualTo(7));
        Assert.That(await File.ReadAllTextAsync(path), Is.EqualTo("1234567"));
        Assert.That(folder.Names, Is.EqualTo(new[] { "results.jsonl" }));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [TestCase(7, true)]
    [TestCase(10, false)]
    [TestCase(null, false)]
    public async Task Download_BodyWithoutAnEnd_IsMeasuredAgainstTheFileObject(int? bytes, bool isComplete)
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("results.jsonl");
        await using RawServer server = new(
            RawAnswer.Bytes("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n1234567"),
            RawAnswer.Json(200, $$"""{"id":"file-1","bytes":{{bytes?.ToString(CultureInfo.InvariantCulture) ?? "null"}}}"""));
        using OwnedBatchClient client = WireClient.Of(server, options => options.MaxAttempts = 1);

        if (isComplete)
            Assert.That(await client.Files.DownloadAsync("file-1", path), Is.EqualTo(7));
        else
            Assert.That(async () => await client.Files.DownloadAsync("file-1", path), Throws.TypeOf<BatchConnectionException>().With.Message.Contains("7 bytes came"));

        Assert.That(folder.Names, Is.EqualTo(isComplete ? new[] { "results.jsonl" } : []));
        Assert.That(server.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Download_EmptyFile_IsAnEmptyFile()
    {
        using TemporaryFolder folder = new();
        await using RawServer server = new(RawAnswer.Text(200, "", null));
        using OwnedBatchClient client = WireClient.Of(server);

        Assert.That(await client.Files.DownloadAsync("file-1", folder.PathOf("empty")), Is.Zero);
        Assert.That(folder.Names, Is.EqualTo(new[] { "empty" }));
    }

    [Test]
    public async Task Download_Refused_LeavesNothing()
    {
        using TemporaryFolder folder = new();
        await using RawServer server = new(RawAnswer.Json(404, """{"error":{"message":"no such file"}}"""));
        using OwnedBatchClient client = WireClient.Of(server);

        Assert.That(async () => await client.Files.DownloadAsync("file-1", folder.PathOf("x")), Throws.TypeOf<BatchApiException>());
        Assert.That(folder.Names, Is.Empty);
    }

    [Test]
    public async Task Download_Cancelled_LeavesNothing()
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource source = new();
        await using RawServer server = new(RawAnswer.Silence("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123", source.Cancel));
        using OwnedBatchClient client = WireClient.Of(server);

        Assert.That(
            async () => await client.Files.DownloadAsync("file-1", folder.PathOf("x"), cancellationToken: source.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(folder.Names, Is.Empty);
    }

    [Test]
    public async Task Content_WholeAnswer_SaysWhatItKnows()
    {
        await using RawServer server = new(
            RawAnswer.Text(200, "1234567", "application/jsonl; charset=utf-8", "ETag: W/\"v1\""),
            RawAnswer.Bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            RawAnswer.Bytes("HTTP/1.1 200 OK\r\n\r\n"));
        using OwnedBatchClient client = WireClient.Of(server);

        await using BatchFileContent whole = await client.Files.GetContentAsync("file-1");
        await using BatchFileContent chunked = await client.Files.GetContentAsync("file-1");
        await using BatchFileContent endless = await client.Files.GetContentAsync("file-1");

        Assert.That((whole.Length, whole.HasKnownEnd, whole.ContentType, whole.ETag),
            Is.EqualTo(((long?)7, true, "application/jsonl; charset=utf-8", "W/\"v1\"")));
        Assert.That((chunked.Length, chunked.HasKnownEnd, chunked.ContentType, chunked.ETag), Is.EqualTo(((long?)null, true, (string?)null, (string?)null)));
        Assert.That((endless.Length, endless.HasKnownEnd), Is.EqualTo(((long?)null, false)));
        Assert.That((whole.Stream.CanRead, whole.Stream.CanSeek, whole.Stream.CanWrite, whole.Stream.Length), Is.EqualTo((true, false, false, 7L)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Content_ReadEitherWay_CountsAndEnds(bool isAsync)
    {
        await using RawServer server = new(RawAnswer.Text(200, "1234567", null), RawAnswer.Bytes("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n1234567"));
        using OwnedBatchClient client = WireClient.Of(server);

        await using BatchFileContent whole = await client.Files.GetContentAsync("file-1");
        MemoryStream copy = new();
        await CopyAsync(whole.Stream, copy);
        await using BatchFileContent cut = await client.Files.GetContentAsync("file-1");

        Assert.That((Encoding.UTF8.GetString(copy.ToArray()), whole.Stream.Position), Is.EqualTo(("1234567", 7L)));
        Assert.That(async () => await CopyAsync(cut.Stream, Stream.Null), Throws.TypeOf<BatchConnectionException>());

        async Task CopyAsync(Stream from, Stream to)
        {
            if (isAsync)
                await from.CopyToAsync(to);
            else
                await Task.Run(() => from.CopyTo(to));
        }
    }
}
