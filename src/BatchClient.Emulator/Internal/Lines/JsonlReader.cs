namespace BatchGateway.Emulator.Internal;

/// <summary>Reads a file line by line, as bytes, from any offset; memory holds one line.</summary>
internal sealed class JsonlReader : IDisposable
{
    private readonly FileStream _stream;
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _atEnd;

    public JsonlReader(string path, long offset = 0)
    {
        _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        _stream.Position = Offset = offset;
    }

    /// <summary>Where the next line begins in the file.</summary>
    public long Offset { get; private set; }

    /// <summary>The next line without its newline, valid until the next call; false at the end of the file.</summary>
    public bool TryRead(out ReadOnlyMemory<byte> line)
    {
        int searched = 0;
        while (true)
        {
            int newline = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (newline >= 0)
                return Take(searched + newline, newlineBytes: 1, out line);
            if (_atEnd)
                return Take(_end - _start, newlineBytes: 0, out line);

            searched = _end - _start;
            Fill();
        }
    }

    public void Dispose() => _stream.Dispose();

    private bool Take(int length, int newlineBytes, out ReadOnlyMemory<byte> line)
    {
        line = _buffer.AsMemory(_start, length);
        int taken = length + newlineBytes;
        _start += taken;
        Offset += taken;
        return taken > 0;
    }

    private void Fill()
    {
        MakeRoom();
        int count = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += count;
        _atEnd = count == 0;
    }

    private void MakeRoom()
    {
        int held = _end - _start;
        if (_start == 0 && _end < _buffer.Length)
            return;

        byte[] target = held > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        _buffer.AsSpan(_start, held).CopyTo(target);
        _buffer = target;
        _start = 0;
        _end = held;
    }
}
