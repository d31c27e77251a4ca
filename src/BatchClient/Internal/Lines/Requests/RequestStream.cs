namespace BatchGateway.Internal.Lines;

/// <summary>
/// Lines as UTF-8 JSONL that are checked and written while they are read: nothing lies on disk, and there is one attempt. A line that cannot
/// be sent ends the reading with a <see cref="BatchInputException"/>.
/// </summary>
internal sealed class RequestStream : Stream, IRequestSource
{
    private readonly IAsyncEnumerator<BatchRequestLine> _lines;
    private readonly RequestLineRules _rules;
    private readonly RequestEncoder _encoder;
    private readonly RequestParts _parts;
    private readonly CancellationTokenSource _end;

    // The upload may still be reading when its answer, or its end, has come: nothing is given back under its hands.
    private readonly SemaphoreSlim _gate = new(1, 1);
    private int _taken;
    private bool _isAtEnd;
    private bool _isClosed;
    private bool _isOver;

    public RequestStream(IAsyncEnumerable<BatchRequestLine> lines, BatchLimits limits, CancellationToken cancellationToken, CustomIdSet? ids = null)
    {
        limits.Checked(nameof(limits));
        _end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _lines = lines.GetAsyncEnumerator(_end.Token);
        _rules = new RequestLineRules(limits, earlier: null, "The upload was broken off; no batch was created.", ids);
        _encoder = new RequestEncoder(_rules);
        _parts = new RequestParts(limits, _rules, most: 1);
    }

    public Stream Content => this;

    public BatchEndpoint Endpoint => _rules.Endpoint;

    public long LineCount => _parts.All[0].LineCount;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (_taken == _encoder.Buffer.WrittenCount && !_isAtEnd)
                await FillUnlessCancelledAsync(cancellationToken).ConfigureAwait(false);
            return Take(buffer.Span);
        }
        finally
        {
            _gate.Release();
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Lines are read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        if (!await _gate.WaitAsync(TimeSpan.Zero).ConfigureAwait(false))
        {
            await _end.CancelAsync().ConfigureAwait(false);
            await _gate.WaitAsync().ConfigureAwait(false);
        }

        try
        {
            await CloseAsync().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Frees what can be freed at once. The lines are over only with <see cref="DisposeAsync"/>, for they end asynchronously.</summary>
    protected override void Dispose(bool disposing)
    {
        // What is being read is not to be freed: then it is up to DisposeAsync, or to the finalizer of the table.
        if (disposing && _gate.Wait(TimeSpan.Zero))
        {
            Free();
            _gate.Release();
        }

        base.Dispose(disposing);
    }

    private async Task CloseAsync()
    {
        Free();
        if (_isOver)
            return;

        _isOver = true;
        using (_end)
            await _lines.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Lets nobody read any more, and frees the table of the custom ids. Twice is once.</summary>
    private void Free()
    {
        _isClosed = true;
        _encoder.Dispose();
        _rules.Dispose();
    }

    private int Take(Span<byte> target)
    {
        int count = Math.Min(target.Length, _encoder.Buffer.WrittenCount - _taken);
        _encoder.Buffer.WrittenSpan.Slice(_taken, count).CopyTo(target);
        _taken += count;
        return count;
    }

    /// <summary>There is one attempt: when it is over, the caller's items need not be waited for.</summary>
    private async Task FillUnlessCancelledAsync(CancellationToken attempt)
    {
        using (attempt.UnsafeRegister(static end => ((CancellationTokenSource)end!).Cancel(), _end))
            await FillAsync(attempt).ConfigureAwait(false);
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        _encoder.Buffer.ResetWrittenCount();
        _taken = 0;
        while (_encoder.Buffer.WrittenCount < RequestWriter.FlushAt)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!await _lines.MoveNextAsync().ConfigureAwait(false))
            {
                _isAtEnd = true;
                _parts.Balance();
                return;
            }

            RequestLine line = _encoder.Append(_lines.Current);
            _parts.Add(line, _encoder.Buffer.WrittenSpan[line.Start..]);
        }
    }
}
