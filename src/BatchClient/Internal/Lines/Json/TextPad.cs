using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace BatchGateway.Internal.Lines;

/// <summary>
/// Where the strings of an answer are put together: one borrowed buffer, into which each string is unescaped and decoded in one pass.
/// </summary>
internal ref struct TextPad(int longest)
{
    private readonly int _longest = longest;
    private char[]? _buffer;
    private int _length;

    /// <summary>Reads a string up to its closing quote.</summary>
    /// <param name="json">What follows the opening quote.</param>
    /// <param name="length">The bytes it takes, with the closing quote.</param>
    /// <returns>Null when it is broken: not closed, a control character, an unknown escape, half a surrogate pair, invalid UTF-8.</returns>
    public string? Read(ReadOnlySpan<byte> json, out int length)
    {
        _length = 0;
        return TryAppend(json, out length) ? ToString() : null;
    }

    /// <summary>As <see cref="Read"/>, but behind what was appended before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryAppend(ReadOnlySpan<byte> json, out int length)
    {
        // A vector is stored whole even if only its beginning counts: there must be room for it behind the longest text.
        _buffer ??= ArrayPool<char>.Shared.Rent(_longest + Vector128<byte>.Count);
        for (length = 0; length < json.Length;)
        {
            length += CopyPlain(json[length..]);
            byte next = length < json.Length ? json[length++] : default;
            if (next == '"')
                return true;

            int taken = next == '\\' ? Unescape(json[length..]) : next >= 0x80 ? Decode(json[(length - 1)..]) - 1 : -1;
            if (taken < 0)
                return false;

            length += taken;
        }

        return false;
    }

    /// <summary>How many bytes an escape takes, its backslash not counted; 0 for what is no escape.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int LengthOfEscape(ReadOnlySpan<byte> json)
    {
        byte escape = json.IsEmpty ? default : json[0];
        return escape switch
        {
            (byte)'u' => Code(json) < 0 ? 0 : 5,
            (byte)'n' or (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'t' or (byte)'r' or (byte)'b' or (byte)'f' => 1,
            _ => 0,
        };
    }

    public override readonly string ToString() => new(_buffer.AsSpan(0, _length));

    public readonly void Dispose()
    {
        if (_buffer is not null)
            ArrayPool<char>.Shared.Return(_buffer);
    }

    /// <summary>Copies ASCII up to the next quote, backslash, control character or non-ASCII byte; sixteen bytes at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int CopyPlain(ReadOnlySpan<byte> json)
    {
        ref byte source = ref MemoryMarshal.GetReference(json);
        ref ushort target = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(_buffer.AsSpan(_length)));
        int copied = 0;
        for (; json.Length - copied >= Vector128<byte>.Count; copied += Vector128<byte>.Count)
        {
            Vector128<byte> bytes = Vector128.LoadUnsafe(ref source, (nuint)copied);
            (Vector128<ushort> lower, Vector128<ushort> upper) = Vector128.Widen(bytes);
            lower.StoreUnsafe(ref target, (nuint)copied);
            upper.StoreUnsafe(ref target, (nuint)(copied + Vector128<ushort>.Count));
            // Read with a sign, everything from 0x80 up is below the space too.
            Vector128<byte> ends = Vector128.LessThan(bytes.AsSByte(), Vector128.Create((sbyte)' ')).AsByte()
                | Vector128.Equals(bytes, Vector128.Create((byte)'"')) | Vector128.Equals(bytes, Vector128.Create((byte)'\\'));
            if (ends != Vector128<byte>.Zero)
            {
                copied += BitOperations.TrailingZeroCount(ends.ExtractMostSignificantBits());
                _length += copied;
                return copied;
            }
        }

        _length += copied;
        return copied + CopyLast(json[copied..]);
    }

    private int CopyLast(ReadOnlySpan<byte> json)
    {
        int copied = 0;
        while (copied < json.Length && json[copied] is >= (byte)' ' and < 0x80 and not ((byte)'"' or (byte)'\\'))
            _buffer![_length++] = (char)json[copied++];
        return copied;
    }

    /// <summary>What the bytes after a backslash mean.</summary>
    /// <returns>The bytes taken; -1 for what is no escape.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Unescape(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
            return -1;
        if (json[0] == 'u')
            return UnescapeCodes(json);

        char text = json[0] switch
        {
            (byte)'n' => '\n',
            (byte)'"' or (byte)'\\' or (byte)'/' => (char)json[0],
            (byte)'t' => '\t',
            (byte)'r' => '\r',
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            _ => '\0',
        };
        _buffer![_length++] = text;
        return text == '\0' ? -1 : 1;
    }

    /// <summary>One code, or the two of a surrogate pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int UnescapeCodes(ReadOnlySpan<byte> json)
    {
        int code = Code(json);
        if (code < 0 || char.IsLowSurrogate((char)code))
            return -1;

        _buffer![_length++] = (char)code;
        if (!char.IsHighSurrogate((char)code))
            return 5;
        if (json.Length < 11 || json[5] != '\\' || json[6] != 'u' || Code(json[6..]) is not (>= 0xDC00 and <= 0xDFFF and var low))
            return -1;

        _buffer[_length++] = (char)low;
        return 11;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Code(ReadOnlySpan<byte> json)
    {
        if (json.Length < 5)
            return -1;

        int code = 0;
        foreach (byte digit in json[1..5])
        {
            int value = char.IsAsciiHexDigit((char)digit) ? (digit & 0xF) + (digit > '9' ? 9 : 0) : -1;
            if (value < 0)
                return -1;

            code = (code << 4) | value;
        }

        return code;
    }

    /// <summary>Characters outside ASCII as far as they stand together.</summary>
    /// <returns>The bytes taken; 0 for invalid UTF-8.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Decode(ReadOnlySpan<byte> json)
    {
        int taken = 0;
        while (taken < json.Length && json[taken] >= 0x80)
        {
            if (Rune.DecodeFromUtf8(json[taken..], out Rune rune, out int length) != OperationStatus.Done)
                return 0;

            _length += rune.EncodeToUtf16(_buffer.AsSpan(_length));
            taken += length;
        }

        return taken;
    }
}
