namespace BatchGateway.Internal.Http;

/// <summary>
/// The content of a file as it comes from the wire: silence has a limit, a broken connection is one of our exceptions, and a body that is
/// shorter or longer than promised is an error instead of an end.
/// </summary>
internal sealed class GuardedStream : Stream
{
    private readonly Stream _inner;
    private readonly GatewayCall _call;
    private readonly BatchGatewayOptions _options;
    private readonly FailureTranslator _failures;
    private readonly long? _length;
    private AttemptLimit? _limit;
    private long _position;

    public GuardedStream(Stream inner, long? length, GatewayCall call, BatchGatewayOptions options, FailureTranslator failures)
    {
        _inner = inner;
        _length = length;
        _call = call;
        _options = options;
        _failures = failures;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _length ?? throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        AttemptLimit limit = LimitFor(cancellationToken);
        try
        {
            return Count(await _inner.ReadAsync(buffer, limit.Token).ConfigureAwait(false), buffer.Length);
        }
        catch (Exception exception) when (exception is not BatchClientException)
        {
            throw _failures.Translate(limit.Explain(exception) ?? exception, _call, cancellationToken);
        }
        finally
        {
            // What the caller does between two reads is no silence of the gateway.
            limit.Rest();
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Reading that blocks has the same limit: only the asynchronous way down can be interrupted.
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
            _limit?.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>One limit serves all reads that wait with the same token: a large file is read in many.</summary>
    private AttemptLimit LimitFor(CancellationToken cancellationToken)
    {
        if (_limit?.Serves(cancellationToken) == true)
        {
            _limit.Touch();
            return _limit;
        }

        _limit?.Dispose();
        return _limit = AttemptLimit.ForSilence(_options, cancellationToken);
    }

    private int Count(int read, int asked)
    {
        _position += read;
        if (_position > _length)
            throw new BatchResponseException(
                $"{_call.Doing} failed: the content goes on behind the {_length} bytes that the answer promised. What was read is no content to trust; "
                + "check ControlPlaneUrl and what stands between here and the gateway.");

        if (read == 0 && asked > 0 && _length is { } promised && _position < promised)
            throw new BatchConnectionException(
                $"{_call.Doing} failed: the content ended after {_position} of {promised} bytes. What was read is not complete; read it again from the start.");

        return read;
    }
}
