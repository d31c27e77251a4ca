using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Tests.Support;

/// <summary>Blobs in a folder whose writing is counted, and can be made to fail.</summary>
internal sealed class WatchedBlobs(IBlobStore blobs) : IBlobStore
{
    private long _bytesWritten;

    public long BytesWritten => Interlocked.Read(ref _bytesWritten);

    public List<string> Created { get; } = [];

    /// <summary>From how many bytes on writing fails.</summary>
    public long FailsAfter { get; set; } = long.MaxValue;

    public string? FailsToPublish { get; set; }

    public async Task<IBlobWriter> CreateAsync(string name, CancellationToken cancellationToken)
    {
        lock (Created)
            Created.Add(name);
        return new WatchedWriter(this, name, await blobs.CreateAsync(name, cancellationToken));
    }

    public Task<Stream> OpenAsync(string name, CancellationToken cancellationToken) => blobs.OpenAsync(name, cancellationToken);

    public Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) => blobs.ExistsAsync(name, cancellationToken);

    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken) => blobs.ListAsync(prefix, cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => blobs.DeleteAsync(name, cancellationToken);

    public Task DeleteAllAsync(string prefix, CancellationToken cancellationToken) => blobs.DeleteAllAsync(prefix, cancellationToken);

    private void Count(int bytes)
    {
        if (Interlocked.Add(ref _bytesWritten, bytes) > FailsAfter)
            throw new IOException("No space left on device.");
    }

    private sealed class WatchedWriter(WatchedBlobs owner, string name, IBlobWriter writer) : IBlobWriter
    {
        public Stream Stream { get; } = new WatchedStream(owner, writer.Stream);

        public Task PublishAsync(CancellationToken cancellationToken) =>
            name == owner.FailsToPublish ? throw new IOException("No space left on device.") : writer.PublishAsync(cancellationToken);

        public ValueTask DisposeAsync() => writer.DisposeAsync();
    }

    private sealed class WatchedStream(WatchedBlobs owner, Stream target) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            owner.Count(buffer.Length);
            return target.WriteAsync(buffer, cancellationToken);
        }

        public override void Flush() => target.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
