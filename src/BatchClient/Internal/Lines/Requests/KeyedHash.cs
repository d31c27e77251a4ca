using System.Buffers.Binary;

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

    public KeyedHash(ulong first, ulong second)
    {
        _first = first;
        _second = second;
    }

    public static KeyedHash NewRandom()
    {
        // As good as any random bits here, and they come without the cryptographic library, which takes several megabytes.
        Span<byte> key = stackalloc byte[BlockSize];
        Guid.NewGuid().TryWriteBytes(key);
        return new KeyedHash(BinaryPrimitives.ReadUInt64LittleEndian(key), BinaryPrimitives.ReadUInt64LittleEndian(key[8..]));
    }

    public ulong Of(ReadOnlySpan<byte> text)
    {
        // Multiplied, for a length beside the key could be made up for by a character.
        ulong hash = Multiply(_first ^ (ulong)text.Length, _second);
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
