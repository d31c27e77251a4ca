namespace BatchGateway.Tests.Wire;

/// <summary>A stream that cannot be read to its end.</summary>
internal sealed class BrokenStream() : MemoryStream(new byte[1000])
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        throw new IOException("the disk is gone");
}
