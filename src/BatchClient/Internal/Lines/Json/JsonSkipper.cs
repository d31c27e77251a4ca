using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BatchGateway.Internal.Lines;

/// <summary>
/// Finds the end of an object or an array, 64 bytes at a time: closed strings and the depth of brackets, nothing else. What it
/// passes over may still be no JSON; whoever reads it finds out. The masks are those of simdjson (Langdale and Lemire, "Parsing Gigabytes of
/// JSON per Second").
/// </summary>
internal static class JsonSkipper
{
    private const int BlockSize = 64;

    /// <summary>The position behind the value that begins at a bracket; -1 when it does not end.</summary>
    public static int Skip(ReadOnlySpan<byte> json, int start)
    {
        ref byte origin = ref MemoryMarshal.GetReference(json);
        int depth = 0;
        ulong insideBefore = 0;
        ulong escapedBefore = 0;
        for (int position = start; position < json.Length; position += BlockSize)
        {
            Vector512<byte> bytes = position <= json.Length - BlockSize
                ? Vector512.LoadUnsafe(ref Unsafe.Add(ref origin, position))
                : FilledUp(json[position..]);
            ulong quotes = Mask(bytes, (byte)'"') & ~Escaped(Mask(bytes, (byte)'\\'), ref escapedBefore);
            ulong inside = PrefixXor(quotes) ^ insideBefore;
            insideBefore = (ulong)((long)inside >> 63);

            // Square brackets differ from curly ones in this bit only.
            Vector512<byte> brackets = bytes | Vector512.Create((byte)0x20);
            ulong opens = Mask(brackets, (byte)'{') & ~inside;
            ulong closes = Mask(brackets, (byte)'}') & ~inside;
            int closing = BitOperations.PopCount(closes);
            if (closing >= depth && EndIn(opens, closes, depth) is >= 0 and int end)
                return position + end;

            depth += BitOperations.PopCount(opens) - closing;
        }

        return -1;
    }

    /// <summary>The last block: zeros mean nothing here.</summary>
    private static Vector512<byte> FilledUp(ReadOnlySpan<byte> rest)
    {
        Span<byte> block = stackalloc byte[BlockSize];
        block.Clear();
        rest.CopyTo(block);
        return Vector512.Create<byte>(block);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mask(Vector512<byte> bytes, byte wanted) => Vector512.Equals(bytes, Vector512.Create(wanted)).ExtractMostSignificantBits();

    /// <summary>Where in a block the depth comes down to nothing; -1 when it does not.</summary>
    private static int EndIn(ulong opens, ulong closes, int depth)
    {
        for (; closes != 0; closes &= closes - 1)
        {
            int close = BitOperations.TrailingZeroCount(closes);
            ulong before = (1UL << close) - 1;
            depth += BitOperations.PopCount(opens & before) - 1;
            opens &= ~before;
            if (depth <= 0)
                return close + 1;
        }

        return -1;
    }

    /// <summary>The bytes that stand behind an odd number of backslashes; the last backslash of a block reaches into the next one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Escaped(ulong backslashes, ref ulong escapedBefore)
    {
        // A run of backslashes escapes every second byte from its beginning; the subtraction borrows through the whole run.
        const ulong oddBits = 0xAAAAAAAAAAAAAAAA;
        ulong unescaped = backslashes & ~escapedBefore;
        ulong ends = (((unescaped << 1) | oddBits) - unescaped) ^ oddBits;
        ulong escaped = ends ^ (backslashes | escapedBefore);
        escapedBefore = (ends & backslashes) >> 63;
        return escaped;
    }

    /// <summary>Each bit becomes the parity of itself and all below it: set from an opening quote up to its closing one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong PrefixXor(ulong bits)
    {
        if (Pclmulqdq.IsSupported)
            return Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(bits), Vector128<ulong>.AllBitsSet, 0).ToScalar();

        for (int shift = 1; shift < BlockSize; shift <<= 1)
            bits ^= bits << shift;
        return bits;
    }
}
