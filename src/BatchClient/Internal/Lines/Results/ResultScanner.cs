using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BatchGateway.Internal.Lines;

/// <summary>
/// Reads the outer members of the lines that servers usually write, without looking into their bodies. At anything unusual (an escape, a
/// member twice, a number with a fraction, broken JSON) it gives up, and the line is read by the book.
/// </summary>
/// <remarks>
/// On <see cref="JsonScanner"/>, which looks into everything that it passes over, a line took an eighth longer: 365 ns instead of 316.
/// </remarks>
internal ref struct ResultScanner
{
    private const int MostDigits = 9;

    private readonly ReadOnlySpan<byte> _line;
    private int _position;

    private ResultScanner(ReadOnlySpan<byte> line) => _line = line;

    [Flags]
    private enum Seen
    {
        Nothing = 0,
        CustomId = 1,
        Response = 2,
        Error = 4,
        StatusCode = 8,
        RequestId = 16,
        Body = 32,
    }

    public static bool TryScan(ReadOnlySpan<byte> line, ref ResultEnvelope envelope)
    {
        ResultScanner scanner = new(line);
        ResultEnvelope found = new() { IsObject = true };
        if (!scanner.ScanLine(ref found) || !scanner.IsAtEnd())
            return false;

        envelope = found;
        return true;
    }

    private bool ScanLine(ref ResultEnvelope envelope)
    {
        if (!Take((byte)'{'))
            return false;

        Seen seen = Seen.Nothing;
        do
        {
            bool isGood = Peek(1) switch
            {
                (byte)'c' when TakeName("\"custom_id\""u8) => Take((byte)':') && IsFirst(ref seen, Seen.CustomId) && TryCustomId(ref envelope),
                (byte)'r' when TakeName("\"response\""u8) => Take((byte)':') && IsFirst(ref seen, Seen.Response) && TryResponse(ref envelope),
                (byte)'e' when TakeName("\"error\""u8) => Take((byte)':') && IsFirst(ref seen, Seen.Error) && TakeWord("null"u8),
                _ => SkipMember(),
            };
            if (!isGood)
                return false;
        }
        while (Take((byte)','));

        return Take((byte)'}');
    }

    private bool TryCustomId(ref ResultEnvelope envelope)
    {
        if (!TryString(out JsonSlice id))
            return false;

        envelope.CustomId = id;
        return true;
    }

    private bool TryResponse(ref ResultEnvelope envelope)
    {
        if (TakeWord("null"u8))
            return true;
        if (!Take((byte)'{'))
            return false;

        envelope.HasResponse = true;
        Seen seen = Seen.Nothing;
        do
        {
            bool isGood = Peek(1) switch
            {
                (byte)'b' when TakeName("\"body\""u8) => Take((byte)':') && IsFirst(ref seen, Seen.Body) && TryBody(ref envelope),
                (byte)'s' when TakeName("\"status_code\""u8) => Take((byte)':') && IsFirst(ref seen, Seen.StatusCode) && TryStatus(ref envelope),
                (byte)'r' when TakeName("\"request_id\""u8) => Take((byte)':') && IsFirst(ref seen, Seen.RequestId) && TryRequestId(ref envelope),
                _ => SkipMember(),
            };
            if (!isGood)
                return false;
        }
        while (Take((byte)','));

        return Take((byte)'}');
    }

    private bool TryRequestId(ref ResultEnvelope envelope)
    {
        if (TakeWord("null"u8))
            return true;
        if (!TryString(out JsonSlice id))
            return false;

        envelope.RequestId = id;
        return true;
    }

    private bool TryStatus(ref ResultEnvelope envelope)
    {
        if (!TryInteger(out int status))
            return false;

        envelope.StatusCode = status;
        return true;
    }

    private bool TryBody(ref ResultEnvelope envelope)
    {
        if (TakeWord("null"u8))
            return true;
        if (Peek() is not ((byte)'{' or (byte)'['))
            return false;

        int start = _position;
        int end = JsonSkipper.Skip(_line, start);
        if (end < 0)
            return false;

        envelope.Body = new JsonSlice(start, end - start);
        _position = end;
        return true;
    }

    private static bool IsFirst(ref Seen seen, Seen member)
    {
        bool isFirst = (seen & member) == 0;
        seen |= member;
        return isFirst;
    }

    /// <summary>A name, if this is the one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TakeName(ReadOnlySpan<byte> quoted)
    {
        if (!_line[_position..].StartsWith(quoted))
            return false;

        _position += quoted.Length;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryString(out JsonSlice text)
    {
        text = default;
        if (!Take((byte)'"'))
            return false;

        int end = FindStop(_position);
        if (end == _line.Length || _line[end] != (byte)'"')
            return false;

        text = new JsonSlice(_position, end - _position, isString: true);
        _position = end + 1;
        return true;
    }

    /// <summary>Where a plain string ends, or shows that it is not plain: a quote, a backslash or a control character.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int FindStop(int position)
    {
        for (; position <= _line.Length - Vector256<byte>.Count; position += Vector256<byte>.Count)
        {
            Vector256<byte> bytes = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(_line), (nuint)position);
            uint stops = (Vector256.Equals(bytes, Vector256.Create((byte)'"'))
                | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))
                | Vector256.LessThan(bytes, Vector256.Create((byte)' '))).ExtractMostSignificantBits();
            if (stops != 0)
                return position + BitOperations.TrailingZeroCount(stops);
        }

        while (position < _line.Length && _line[position] is not ((byte)'"' or (byte)'\\' or < (byte)' '))
            position++;
        return position;
    }

    private bool SkipMember() => TryString(out _) && Take((byte)':') && SkipScalar();

    /// <summary>A value that nobody asks for; one with others inside is left to the book, which looks into it.</summary>
    private bool SkipScalar() => Peek() switch
    {
        (byte)'"' => TryString(out _),
        (byte)'n' => TakeWord("null"u8),
        (byte)'t' => TakeWord("true"u8),
        (byte)'f' => TakeWord("false"u8),
        _ => TryInteger(out _),
    };

    private bool TryInteger(out int number)
    {
        number = 0;
        SkipBlanks();
        int start = _position;
        while (_position < _line.Length && _line[_position] is >= (byte)'0' and <= (byte)'9')
        {
            if (_position - start == MostDigits)
                return false;
            number = (number * 10) + (_line[_position++] - '0');
        }

        int digits = _position - start;
        return digits > 0 && (digits == 1 || _line[start] != (byte)'0') && !GoesOn();
    }

    private readonly bool GoesOn() => _position < _line.Length && _line[_position] is (byte)'.' or (byte)'e' or (byte)'E';

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TakeWord(ReadOnlySpan<byte> word)
    {
        SkipBlanks();
        if (!_line[_position..].StartsWith(word))
            return false;

        _position += word.Length;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Take(byte wanted)
    {
        if (Peek() != wanted)
            return false;

        _position++;
        return true;
    }

    /// <summary>The next byte that is no blank, or one behind it; -1 at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Peek(int behind = 0)
    {
        SkipBlanks();
        return _position + behind < _line.Length ? _line[_position + behind] : -1;
    }

    private bool IsAtEnd() => Peek() < 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SkipBlanks()
    {
        while (_position < _line.Length && _line[_position] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            _position++;
    }
}
