using System.Buffers;

namespace BatchGateway.Runs.Internal;

/// <summary>Writes ascending numbers as the gaps between them, seven bits in a byte, the low ones first.</summary>
internal sealed class SequenceWriter
{
    private readonly ArrayBufferWriter<byte> _gaps = new();
    private long _last = -1;

    public ReadOnlyMemory<byte> Written => _gaps.WrittenMemory;

    public void Add(long sequence)
    {
        ulong gap = (ulong)(sequence - _last - 1);
        Span<byte> bytes = _gaps.GetSpan(10);
        int count = 0;
        for (; gap >= 0x80; gap >>= 7)
            bytes[count++] = (byte)(gap | 0x80);
        bytes[count++] = (byte)gap;
        _gaps.Advance(count);
        _last = sequence;
    }
}
