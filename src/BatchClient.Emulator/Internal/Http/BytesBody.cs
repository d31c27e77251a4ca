namespace BatchGateway.Emulator.Internal;

internal sealed class BytesBody(byte[] bytes) : ReplyBody
{
    public override long Length => bytes.Length;

    public override Stream Open() => new MemoryStream(bytes, writable: false);
}
