namespace BatchGateway.Internal.Http;

/// <summary>
/// The content of a file as it comes from the wire: silence has a limit, a broken connection is one of our exceptions, and a body that is
/// shorter than promised is an error instead of an end.
/// </summary>
internal sealed class GuardedStream : Stream
{
    private readonly Stream inner;
    private readonly GatewayCall call;
    private readonly BatchGatewayOptions options;
    private readonly FailureTranslator failures;
    private readonly long? length;
    private long position;

    public GuardedStream(Stream inner, long? length, GatewayCall call, BatchGatewayOptions options, FailureTranslator failures)
    {
        this.inner = inner;
        this.length = length;
        this.call = call;
        this.options = options;
        this.failures = failures;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length ?? throw new NotSupportedException();

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using AttemptLimit limit = AttemptLimit.ForSilence(options, cancellationToken);
        try
        {
            return Count(await inner.ReadAsync(buffer, limit.Token).ConfigureAwait(false), buffer.Length);
        }
        catch (Exception exception) when (exception is not BatchClientException)
        {
            throw failures.Translate(limit.Explain(exception) ?? exception, call, cancellationToken);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return Count(inner.Read(buffer, offset, count), count);
        }
        catch (Exception exception) when (exception is not BatchClientException)
        {
            throw failures.Translate(exception, call, CancellationToken.None);
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private int Count(int read, int asked)
    {
        position += read;
        if (read == 0 && asked > 0 && length is { } promised && position < promised)
            throw new BatchConnectionException(
                $"{call.Doing} failed: the content ended after {position} of {promised} bytes. What was read is not complete; read it again from the start.");

        return read;
    }
}
