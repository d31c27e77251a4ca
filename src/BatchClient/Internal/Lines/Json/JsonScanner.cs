using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BatchGateway.Internal.Lines;

/// <summary>
/// Walks JSON that looks as it usually does, several times as fast as a <see cref="System.Text.Json.Utf8JsonReader"/>. It takes only
/// what is certainly valid; at anything else it gives up, all its methods stop, and the caller asks System.Text.Json instead.
/// </summary>
/// <remarks>
/// The methods that loop ask to be optimised at once. A result file is often read once, in less time than tiered compilation takes to
/// notice them, above all on one core: without that, the first 200 MB took three times as long.
/// </remarks>
internal ref struct JsonScanner(ReadOnlySpan<byte> json)
{
    /// <summary>Deeper values are rare, and a recursion should not follow them.</summary>
    private const int DeepestValue = 60;

    private readonly ReadOnlySpan<byte> _json = json;
    private bool _isFirst;

    /// <summary>Where it stands, in bytes.</summary>
    public int Position { get; private set; }

    public bool GaveUp { get; private set; }

    /// <summary>Whether all of the JSON was taken.</summary>
    public bool IsAtEnd => Peek() == 0 && Position == _json.Length && !GaveUp;

    /// <summary>The first byte of what comes next, white space passed over; 0 at the end and where no JSON may begin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Peek()
    {
        for (; Position < _json.Length; Position++)
        {
            byte next = _json[Position];
            if (next > ' ')
                return next;
            if (next is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
                break;
        }

        return 0;
    }

    public void GiveUp()
    {
        GaveUp = true;
        Position = _json.Length;
    }

    /// <summary>Steps into an object or array; <see cref="NextMember"/> or <see cref="NextItem"/> must follow until they say no.</summary>
    public void Enter(char bracket)
    {
        Take(bracket);
        _isFirst = true;
    }

    /// <summary>Steps into an object or array if one comes next, and passes over anything else.</summary>
    public bool TryEnter(char bracket)
    {
        bool isThere = Peek() == bracket;
        if (isThere)
            Enter(bracket);
        else
            Skip();
        return isThere;
    }

    /// <summary>Steps to the next value of an array; false at its end.</summary>
    public bool NextItem() => !IsClosed(']');

    /// <summary>Steps to the value of the next member of an object; false at its end. The name is not unescaped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool NextMember(out ReadOnlySpan<byte> name)
    {
        name = default;
        if (IsClosed('}'))
            return false;

        Take('"');
        ReadOnlySpan<byte> rest = _json[Position..];
        int length = rest.IndexOf((byte)'"');
        if (length < 0)
        {
            GiveUp();
            return false;
        }

        name = rest[..length];
        Position += length + 1;
        Take(':');
        return !GaveUp;
    }

    /// <summary>
    /// Whether a member has this name. A second one of the same name makes it give up: which of them counts is not for the scanner to say.
    /// </summary>
    /// <param name="name">The name of the member.</param>
    /// <param name="expected">The name that is asked for.</param>
    /// <param name="seen">A bit for each member of the object that was there before.</param>
    /// <param name="bit">The bit of this member.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> expected, ref int seen, int bit)
    {
        if (!name.SequenceEqual(expected))
            return false;

        if ((seen & bit) != 0)
            GiveUp();
        seen |= bit;
        return true;
    }

    /// <summary>
    /// Passes over a member that has no meaning here. A name with escapes could have one after all, and a name in the style of .NET might
    /// be that of a property, which System.Text.Json treats in its own way.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SkipMember(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || name[0] is not ((>= (byte)'a' and <= (byte)'z') or (byte)'_')
            || name.Contains((byte)'\\') || name.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
            GiveUp();
        else
            Skip();
    }

    /// <summary>Passes over any value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Skip() => Skip(0);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Skip(int depth)
    {
        switch (Peek())
        {
            case (byte)'"':
                SkipString();
                break;
            case (byte)'{' when depth < DeepestValue:
                SkipObject(depth + 1);
                break;
            case (byte)'[' when depth < DeepestValue:
                SkipArray(depth + 1);
                break;
            case (byte)'n':
                TakeWord("null"u8);
                break;
            case (byte)'t':
                TakeWord("true"u8);
                break;
            case (byte)'f':
                TakeWord("false"u8);
                break;
            default:
                SkipNumber();
                break;
        }
    }

    /// <summary>Whether null comes next; it is passed over then.</summary>
    public bool IsNull()
    {
        bool isNull = Peek() == 'n';
        if (isNull)
            TakeWord("null"u8);
        return isNull;
    }

    /// <summary>A whole number or null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public long? ReadNumber()
    {
        if (IsNull())
            return null;

        int start = Position;
        long number = 0;
        // Up to 18 digits fit without a look at the limits; a fraction or an exponent stops the caller, who finds no comma there.
        for (; Position < _json.Length && Position - start <= 18 && _json[Position] is >= (byte)'0' and <= (byte)'9'; Position++)
            number = (number * 10) + (_json[Position] - '0');

        int digits = Position - start;
        if (digits is 0 or > 18 || (digits > 1 && _json[start] == '0'))
            GiveUp();
        return number;
    }

    /// <summary>A string or null.</summary>
    /// <param name="pad">Where the text is put together.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public string? ReadString(ref TextPad pad)
    {
        if (IsNull())
            return null;

        Take('"');
        string? text = pad.Read(_json[Position..], out int length);
        Position += length;
        if (text is null)
            GiveUp();
        return text;
    }

    /// <summary>A string or null that is one of few: the same one is given again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public string? ReadWord(ref TextPad pad, ref string? last)
    {
        ReadOnlySpan<byte> word = PeekWord();
        string? known = KnownWords.Find(word, last);
        if (known is not null)
        {
            Position += word.Length + 2;
            return known;
        }

        string? text = ReadString(ref pad);
        if (text is { Length: <= KnownWords.Longest })
            last = text;
        return text;
    }

    /// <summary>Passes over any value, and tells whether it was this word.</summary>
    public bool SkipWord(ReadOnlySpan<byte> word)
    {
        Peek();
        int start = Position;
        Skip();
        return !GaveUp && Position - start == word.Length + 2 && _json[(start + 1)..(Position - 1)].SequenceEqual(word);
    }

    /// <summary>Passes over a string, quotes included; <see cref="Position"/> tells where it stood.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SkipString()
    {
        Take('"');
        while (!GaveUp)
        {
            SkipPlain();
            byte next = Position < _json.Length ? _json[Position++] : default;
            if (next == '"')
                return;

            if (next == '\\')
                SkipEscape();
            else
                GiveUp();
        }
    }

    private ReadOnlySpan<byte> PeekWord()
    {
        if (Peek() != '"')
            return default;

        ReadOnlySpan<byte> rest = _json[(Position + 1)..];
        int length = rest[..Math.Min(rest.Length, KnownWords.Longest + 1)].IndexOf((byte)'"');
        return length < 0 ? default : rest[..length];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsClosed(char bracket)
    {
        if (GaveUp)
            return true;

        byte next = Peek();
        if (next == bracket)
        {
            Position++;
            _isFirst = false;
            return true;
        }

        if (!_isFirst)
            Take(',');
        _isFirst = false;
        return GaveUp;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Take(char expected)
    {
        if (Peek() == expected)
            Position++;
        else
            GiveUp();
    }

    private void TakeWord(ReadOnlySpan<byte> word)
    {
        if (_json[Position..].StartsWith(word))
            Position += word.Length;
        else
            GiveUp();
    }

    /// <summary>Passes over text up to the next quote, backslash or control character; sixteen bytes at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SkipPlain()
    {
        ref byte source = ref MemoryMarshal.GetReference(_json);
        for (; _json.Length - Position >= Vector128<byte>.Count; Position += Vector128<byte>.Count)
        {
            Vector128<byte> bytes = Vector128.LoadUnsafe(ref source, (nuint)Position);
            Vector128<byte> ends = Vector128.LessThan(bytes, Vector128.Create((byte)' '))
                | Vector128.Equals(bytes, Vector128.Create((byte)'"')) | Vector128.Equals(bytes, Vector128.Create((byte)'\\'));
            if (ends != Vector128<byte>.Zero)
            {
                Position += BitOperations.TrailingZeroCount(ends.ExtractMostSignificantBits());
                return;
            }
        }

        while (Position < _json.Length && _json[Position] is >= (byte)' ' and not ((byte)'"' or (byte)'\\'))
            Position++;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SkipEscape()
    {
        int length = TextPad.LengthOfEscape(_json[Position..]);
        Position += length;
        if (length == 0)
            GiveUp();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SkipObject(int depth)
    {
        Enter('{');
        while (!IsClosed('}'))
        {
            Peek();
            SkipString();
            Take(':');
            Skip(depth);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SkipArray(int depth)
    {
        Enter('[');
        while (!IsClosed(']'))
            Skip(depth);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SkipNumber()
    {
        if (Position < _json.Length && _json[Position] == '-')
            Position++;
        int start = Position;
        SkipDigits();
        if (_json[start..Position] is [(byte)'0', _, ..])
            GiveUp();
        if (Position < _json.Length && _json[Position] == '.')
        {
            Position++;
            SkipDigits();
        }

        if (Position < _json.Length && _json[Position] is (byte)'e' or (byte)'E')
        {
            Position++;
            if (Position < _json.Length && _json[Position] is (byte)'+' or (byte)'-')
                Position++;
            SkipDigits();
        }
    }

    /// <summary>At least one digit.</summary>
    private void SkipDigits()
    {
        int start = Position;
        while (Position < _json.Length && _json[Position] is >= (byte)'0' and <= (byte)'9')
            Position++;
        if (Position == start)
            GiveUp();
    }
}
