namespace BatchGateway.Fuzz.Giants;

/// <summary>A beginning, and then one byte over and over, as long as somebody reads; and how much somebody did read.</summary>
internal sealed class EndlessStream(byte[] beginning, byte filling, long length = long.MaxValue) : Stream
{
    /// <summary>Called before each read.</summary>
    public Action? OnRead { get; init; }

    /// <summary>The most that one read brings.</summary>
    public int Piece { get; init; } = int.MaxValue;

    public long Served { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        OnRead?.Invoke();
        int read = (int)Math.Min(Math.Min(buffer.Length, Piece), length - Served);
        buffer[..read].Fill(filling);
        if (Served < beginning.Length)
            beginning.AsSpan((int)Served, Math.Min(read, beginning.Length - (int)Served)).CopyTo(buffer);
        Served += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<int>(cancellationToken) : ReadOrCancelAsync(buffer, cancellationToken);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>What happens before the read may be that the reader loses its patience.</summary>
    private ValueTask<int> ReadOrCancelAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        int read = Read(buffer.Span);
        return cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<int>(cancellationToken) : new(read);
    }
}
