using System.Text;

namespace BatchGateway.Tests.Wire;

public sealed class UploadFormTests
{
    [Test]
    public async Task Upload_SeekableStream_IsTheExactFormWithItsLength()
    {
        await using RawServer server = new(WireCall.Upload.Success);
        using OwnedBatchClient client = WireClient.Of(server);
        MemoryStream stream = new(Encoding.UTF8.GetBytes("skipped{\"a\":1}\n")) { Position = 7 };

        await client.Files.UploadAsync(stream, "my file.jsonl", FilePurpose.Batch);

        string boundary = Boundary(server.Single);
        Assert.That(boundary, Does.Match("^[A-Za-z0-9-]{1,70}$"));
        Assert.That(server.Single.Body, Is.EqualTo(
            $"--{boundary}\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n"
            + $"--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"my file.jsonl\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            + $"{{\"a\":1}}\n\r\n--{boundary}--\r\n"));
        Assert.That(server.Single["Content-Length"], Is.EqualTo($"{server.Single.Body.Length}"));
        Assert.That(server.Single["Transfer-Encoding"], Is.Null);
        Assert.That(stream.CanRead, Is.True);
    }

    [Test]
    public async Task Upload_NonSeekableStream_IsChunkedAndStaysOpen()
    {
        await using RawServer server = new(WireCall.Upload.Success);
        using OwnedBatchClient client = WireClient.Of(server);
        using OneWayStream stream = new("{}\n");

        BatchFile file = await client.Files.UploadAsync(stream, "a.jsonl", FilePurpose.Batch);

        string boundary = Boundary(server.Single);
        Assert.That(file.Id, Is.EqualTo("file-1"));
        Assert.That(server.Single["Transfer-Encoding"], Is.EqualTo("chunked"));
        Assert.That(server.Single["Content-Length"], Is.Null);
        Assert.That(server.Single.Body, Does.EndWith($"\r\n\r\n{{}}\n\r\n--{boundary}--\r\n"));
        Assert.That(stream.IsClosed, Is.False);
    }

    [Test]
    public async Task Upload_SeekableStreamAfterFailures_IsSentAgainFromItsStart()
    {
        await using RawServer server = new(RawAnswer.Json(503, "{}"), RawAnswer.Reset, WireCall.Upload.Success);
        using OwnedBatchClient client = WireClient.Of(server);
        MemoryStream stream = new(Encoding.UTF8.GetBytes("skipped{}\n")) { Position = 7 };

        await client.Files.UploadAsync(stream, "a.jsonl", FilePurpose.Batch);

        Assert.That(server.Requests.Select(request => request.Body), Is.All.EqualTo(server.Requests[0].Body));
        Assert.That(server.Requests, Has.Count.EqualTo(3));
        Assert.That(server.Requests[0].Body, Does.Contain("\r\n\r\n{}\n\r\n").And.Not.Contain("skipped"));
    }

    [Test]
    public async Task Upload_NonSeekableStreamAfterARefusal_IsNotRepeatedAndTheAnswerSurfaces()
    {
        await using RawServer server = new(RawAnswer.Json(503, """{"error":{"message":"busy","code":"overloaded"}}"""));
        using OwnedBatchClient client = WireClient.Of(server);

        BatchApiException? refused = await Assert.ThrowsAsync<BatchApiException>(
            () => client.Files.UploadAsync(new OneWayStream("{}\n"), "a.jsonl", FilePurpose.Batch));

        Assert.That((int)refused!.StatusCode, Is.EqualTo(503));
        Assert.That(refused.Error.Message, Is.EqualTo("busy"));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Upload_NonSeekableStreamAfterABrokenConnection_IsNotRepeatedAndTheFaultSurfaces()
    {
        await using RawServer server = new(RawAnswer.Reset);
        using OwnedBatchClient client = WireClient.Of(server);

        BatchConnectionException? broken = await Assert.ThrowsAsync<BatchConnectionException>(
            () => client.Files.UploadAsync(new OneWayStream("{}\n"), "a.jsonl", FilePurpose.Batch));

        Assert.That(broken!.GetBaseException(), Is.InstanceOf<System.Net.Sockets.SocketException>());
        Assert.That(broken.Message, Does.Contain("may have been stored"));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Upload_StreamThatFails_IsNotRepeatedAndItsOwnErrorSurfaces()
    {
        await using RawServer server = new(WireCall.Upload.Success);
        using OwnedBatchClient client = WireClient.Of(server);

        BatchClientException? failed = await Assert.CatchAsync<BatchClientException>(
            () => client.Files.UploadAsync(new BrokenStream(), "a.jsonl", FilePurpose.Batch));

        Assert.That(failed!.GetBaseException().Message, Is.EqualTo("the disk is gone"));
        Assert.That(failed.Message, Does.Contain("the disk is gone").And.Contain("stream"));
        Assert.That(failed.Message, Does.Not.Contain("ControlPlaneUrl"));
        Assert.That(server.Requests, Is.Empty);
    }

    [TestCase(0)]
    [TestCase(3 << 20)]
    public async Task Upload_StreamThatRefusesALine_IsThatRefusalItselfAndNoFileIsStored(int before)
    {
        await using RawServer server = new() { Otherwise = WireCall.Upload.Success };
        using OwnedBatchClient client = WireClient.Of(server);
        BatchInputException refusal = new("Line 7 has no model.") { LineNumber = 7 };

        BatchInputException? thrown = await Assert.ThrowsAsync<BatchInputException>(
            () => client.Files.UploadAsync(new RefusingStream(before, refusal), "a.jsonl", FilePurpose.Batch));

        Assert.That(thrown, Is.SameAs(refusal));
        Assert.That(server.Requests, Is.Empty, "the connection broke before the form was whole");
    }

    [Test]
    public async Task Upload_FileOnDisk_ReportsItsBytesAndBeginsAnewWhenSentAgain()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("a.jsonl", new string('x', 600_000));
        await using RawServer server = new(RawAnswer.Json(503, "{}"), WireCall.Upload.Success);
        using OwnedBatchClient client = WireClient.Of(server);
        ProgressLog progress = new();
        BatchCallOptions options = new() { Headers = { ["x-own"] = "1" } };

        await client.Files.UploadAsync(path, options: options, progress: progress);

        long[] once = [.. progress.Values.Take(progress.Values.Count / 2)];
        Assert.That(once, Is.Ordered.Ascending.And.Unique);
        Assert.That(once, Has.Length.GreaterThan(1));
        Assert.That(once[^1], Is.EqualTo(600_000), "the bytes of the file, not those of the form");
        Assert.That(progress.Values, Is.EqualTo(once.Concat(once)));
        Assert.That(server.Requests.Select(request => request["x-own"]), Is.All.EqualTo("1"));
        Assert.That((options.Headers.Count, options.Progress), Is.EqualTo((1, (IProgress<long>?)null)));
    }

    [Test]
    public async Task Upload_ProgressThatThrows_IsNotRepeatedAndSaysWhy()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("a.jsonl", "{}\n");
        await using RawServer server = new() { Otherwise = WireCall.Upload.Success };
        using OwnedBatchClient client = WireClient.Of(server);
        int reports = 0;
        ProgressLog progress = new(_ => throw new InvalidOperationException($"not now, {++reports}"));

        Assert.That(
            async () => await client.Files.UploadAsync(path, progress: progress),
            Throws.TypeOf<BatchClientException>().With.Message.Contains("not now, 1"));
        Assert.That(server.Requests, Is.Empty);
    }

    [TestCase("größe.jsonl")]
    [TestCase("a\"b")]
    [TestCase("a\\b")]
    [TestCase("a\r\nb")]
    [TestCase("")]
    public async Task Upload_NameThatCannotStandInTheForm_IsRefused(string name)
    {
        await using RawServer server = new();
        using OwnedBatchClient client = WireClient.Of(server);

        Assert.That(
            async () => await client.Files.UploadAsync(new MemoryStream(), name, FilePurpose.Batch),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("fileName"));
        Assert.That(server.Requests, Is.Empty);
    }

    [Test]
    public async Task Upload_FileOnDiskWithANonAsciiName_IsSentUnderAnAsciiOne()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("größe \"1\".jsonl", "{}\n");
        await using RawServer server = new(WireCall.Upload.Success);
        using OwnedBatchClient client = WireClient.Of(server);

        await client.Files.UploadAsync(path);

        Assert.That(server.Single.Body, Does.Contain("filename=\"gr__e _1_.jsonl\"\r\n"));
    }

    /// <summary>Lines that are checked while they are sent, one of which is wrong.</summary>
    private sealed class RefusingStream(int before, BatchInputException refusal) : Stream
    {
        private int _left = before;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_left == 0)
                throw refusal;

            int read = Math.Min(_left, count);
            _left -= read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    private static string Boundary(RawRequest request)
    {
        const string Prefix = "multipart/form-data; boundary=";
        Assert.That(request["Content-Type"], Does.StartWith(Prefix));
        return request["Content-Type"]![Prefix.Length..];
    }
}
