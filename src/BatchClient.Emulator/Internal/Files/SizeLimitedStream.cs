namespace BatchGateway.Emulator.Internal;

/// <summary>A request body that is refused as soon as more of it has come than is allowed.</summary>
internal sealed class SizeLimitedStream(Stream body, long mostBytes) : ForwardStream
{
    private long _count;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        _count += count;
        return _count <= mostBytes ? count : throw UploadLimit.Exceeded();
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
