using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace BatchGateway.Internal.Lines;

/// <summary>
/// A 64-bit hash with a random key, so that nobody can make texts that collide: words are folded with 64 by 64 bit multiplications. Of
/// <see langword="default"/> all texts collide.
/// </summary>
internal readonly struct KeyedHash
{
    private const int BlockSize = 16;

    private readonly ulong _first;
    private readonly ulong _second;

    private KeyedHash(ulong first, ulong second)
    {
        _first = first;
        _second = second;
    }

    public static KeyedHash NewRandom()
    {
        Span<ulong> keys = stackalloc ulong[2];
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(keys));
        return new KeyedHash(keys[0], keys[1]);
    }

    public ulong Of(ReadOnlySpan<byte> text)
    {
        ulong hash = _first ^ (ulong)text.Length;
        for (; text.Length > BlockSize; text = text[BlockSize..])
            hash = Fold(text, hash);

        Span<byte> last = stackalloc byte[BlockSize];
        last.Clear();
        text.CopyTo(last);
        return Multiply(Fold(last, hash), _first);
    }

    private ulong Fold(ReadOnlySpan<byte> block, ulong hash) =>
        Multiply(BinaryPrimitives.ReadUInt64LittleEndian(block) ^ _second, BinaryPrimitives.ReadUInt64LittleEndian(block[8..]) ^ hash);

    private static ulong Multiply(ulong left, ulong right) => Math.BigMul(left, right, out ulong low) ^ low;
}
