using System.Buffers;
using System.Security.Cryptography;

namespace BatchGateway.Runs.Internal;

/// <summary>What makes an input the same: SHA-256 over the bytes of its lines, line feeds included, however they are split.</summary>
internal sealed class InputHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _bytes;

    public void Add(ReadOnlySpan<byte> lines)
    {
        _hash.AppendData(lines);
        _bytes += lines.Length;
    }

    /// <summary>Adds what is in a buffer, and empties it.</summary>
    public void Take(ArrayBufferWriter<byte> buffer)
    {
        Add(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
    }

    public InputSeal Seal(long lines) => new(Convert.ToHexString(_hash.GetCurrentHash()), lines, _bytes);

    public void Dispose() => _hash.Dispose();
}
