namespace BatchGateway.Internal.Lines;

/// <summary>
/// Cuts bytes into lines, in memory that holds one line at a time. Knows LF, CRLF, a BOM and a missing last line feed. Whoever has it reads
/// into <see cref="MakeRoom"/>, says so with <see cref="Filled"/>, and takes what lines there are.
/// </summary>
internal sealed class LineCutter
{
    /// <summary>The longest line that is read; a longer one is passed over.</summary>
    public const int LongestLine = 64 << 20;

    /// <summary>What is wrong with a line that is too long.</summary>
    public static readonly string TooLongProblem = $"is longer than {LongestLine >> 20} MiB";

    /// <summary>How much of a buffer is left free for the line that has begun in the one before.</summary>
    public const int Headroom = 16 << 10;

    /// <summary>How much is kept of a line that is too long: enough to know whose it is.</summary>
    private const int Beginning = 4 << 10;

    private const int BufferSize = Headroom + (128 << 10);

    private byte[] _buffer = NewBuffer();
    private int _start;
    private int _end;
    private int _searched;
    private int _lineStart;
    private int _lineLength;
    private long _nextOffset;
    private long _passedOver;
    private byte[] _beginning = [];

    /// <summary>The line, without its line feed; its beginning when it is too long.</summary>
    public ReadOnlySpan<byte> Line => IsTooLong ? _beginning : _buffer.AsSpan(_lineStart, _lineLength);

    /// <summary>The number of the line, counted from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Where the line begins.</summary>
    public long Offset { get; private set; }

    /// <summary>Where its text begins: behind a byte order mark.</summary>
    public long TextOffset => Offset + (HasBom ? 3 : 0);

    /// <summary>How many bytes it takes, its line feed included.</summary>
    public long Length => _nextOffset - Offset;

    public bool IsTooLong { get; private set; }

    /// <summary>Whether a byte order mark stood before the line; it is none of its own.</summary>
    public bool HasBom { get; private set; }

    public bool IsBlank => !IsTooLong && Line.TrimStart(" \t"u8).IsEmpty;

    /// <summary>Goes to the next line, if all of it is here.</summary>
    public bool TryNext()
    {
        int unsearched = _start + _searched;
        int newline = _buffer.AsSpan(unsearched, _end - unsearched).IndexOf((byte)'\n');
        if (newline < 0)
        {
            _searched = _end - _start;
            return false;
        }

        Take(_searched + newline, newlines: 1);
        return true;
    }

    /// <summary>Goes to what is left when the bytes are at their end, if that is anything.</summary>
    public bool TryLast()
    {
        if (_end == _start && _passedOver == 0)
            return false;

        Take(_end - _start, newlines: 0);
        return true;
    }

    /// <summary>
    /// Where to read to. What is left is moved to the front, in a larger buffer if need be; what has grown beyond the longest line is
    /// dropped and counted.
    /// </summary>
    public Memory<byte> MakeRoom()
    {
        int kept = _end - _start;
        if (_passedOver > 0 || kept > LongestLine)
        {
            if (_passedOver == 0)
                KeepBeginning(kept);
            _passedOver += kept;
            kept = 0;
        }

        byte[] target = kept == _buffer.Length ? GC.AllocateUninitializedArray<byte>(Math.Min(kept * 2, LongestLine + 1)) : _buffer;
        _buffer.AsSpan(_start, kept).CopyTo(target);
        (_buffer, _start, _end, _searched, _lineLength) = (target, 0, kept, kept, 0);
        return _buffer.AsMemory(_end);
    }

    public void Filled(int count) => _end += count;

    public static byte[] NewBuffer() => GC.AllocateUninitializedArray<byte>(BufferSize);

    /// <summary>Takes bytes that were read into another buffer, behind its headroom.</summary>
    /// <returns>A buffer to read the next ones into.</returns>
    public byte[] Take(byte[] filled, int count)
    {
        int kept = _end - _start;
        if (_passedOver > 0 || kept > Headroom || _buffer.Length != BufferSize)
        {
            Append(filled.AsSpan(Headroom, count));
            return filled;
        }

        _buffer.AsSpan(_start, kept).CopyTo(filled.AsSpan(Headroom - kept));
        byte[] free = _buffer;
        (_buffer, _start, _end, _searched, _lineLength) = (filled, Headroom - kept, Headroom + count, kept, 0);
        return free;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        // Room for all at once: what was added is not searched yet, and making room takes what is there for searched.
        if (MakeRoom().Length < bytes.Length)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _end + bytes.Length));
        bytes.CopyTo(_buffer.AsSpan(_end));
        Filled(bytes.Length);
    }

    private void Take(int length, int newlines)
    {
        Number++;
        Offset = _nextOffset;
        IsTooLong = _passedOver > 0 || length > LongestLine;
        if (IsTooLong && _passedOver == 0)
            KeepBeginning(length);
        (_lineStart, _lineLength) = (_start, IsTooLong ? 0 : length);
        _nextOffset += _passedOver + length + newlines;
        _start += length + newlines;
        (_searched, _passedOver) = (0, 0);
        Trim();
    }

    private void KeepBeginning(int length) => _beginning = _buffer.AsSpan(_start, Math.Min(length, Beginning)).ToArray();

    private void Trim()
    {
        // In the middle of a file, too: servers put files together, marks and all.
        HasBom = !IsTooLong && Line.StartsWith("\uFEFF"u8);
        if (HasBom)
            (_lineStart, _lineLength) = (_lineStart + 3, _lineLength - 3);
        if (!IsTooLong && Line is [.., (byte)'\r'])
            _lineLength--;
    }
}
