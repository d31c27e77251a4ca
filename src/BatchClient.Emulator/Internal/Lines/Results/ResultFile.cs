using System.Buffers;
using System.Runtime.InteropServices;

namespace BatchGateway.Emulator.Internal;

/// <summary>
/// A result file in the making. Its entries are shuffled within windows, so that nobody's code comes to rely on the input's order; memory
/// holds one window and what is about to be written.
/// </summary>
internal sealed class ResultFile(string path, int window, int seed)
{
    private const int BytesPerWrite = 128 * 1024;

    private readonly Random _random = new(seed);
    private readonly List<byte[]> _window = [];
    private readonly ArrayBufferWriter<byte> _pending = new();
    private bool _beginsWithMark;
    private bool _endsWithoutNewline;
    private string? _lastId;

    public string Path => path;

    public bool IsEmpty { get; private set; } = true;

    /// <summary>The id for the next line; <paramref name="response"/> may want that of the line before.</summary>
    public string NextId(EmulatedResponse response)
    {
        if (_lastId is null || !response.Is(OddLine.RepeatedId))
            _lastId = ResultEntry.NewId();
        return _lastId;
    }

    public void Add(byte[] entry, EmulatedResponse response)
    {
        _beginsWithMark |= response.Is(OddLine.ByteOrderMark);
        _endsWithoutNewline |= response.Is(OddLine.NoFinalNewline);
        for (int i = 0; i < response.Copies; i++)
            Add(entry);
    }

    /// <summary>Writes what is left; nothing may be added afterwards.</summary>
    public void Finish()
    {
        CloseWindow();
        Write();
        if (_endsWithoutNewline)
            CutFinalNewline();
        if (_beginsWithMark)
            PutMarkInFront();
    }

    private void Add(byte[] entry)
    {
        IsEmpty = false;
        _window.Add(entry);
        if (_window.Count == window)
            CloseWindow();
    }

    private void CloseWindow()
    {
        Shuffle(CollectionsMarshal.AsSpan(_window));
        foreach (byte[] entry in _window)
            _pending.Write(entry);
        _window.Clear();
        if (_pending.WrittenCount >= BytesPerWrite)
            Write();
    }

    // Sattolo's shuffle: no entry keeps its place, so two lines are enough to be out of order.
    private void Shuffle(Span<byte[]> entries)
    {
        for (int i = entries.Length - 1; i > 0; i--)
        {
            int other = _random.Next(i);
            (entries[i], entries[other]) = (entries[other], entries[i]);
        }
    }

    private void Write()
    {
        if (_pending.WrittenCount == 0)
            return;
        using FileStream stream = new(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 1);
        stream.Write(_pending.WrittenSpan);
        _pending.ResetWrittenCount();
    }

    private void CutFinalNewline()
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        byte[] end = new byte[Math.Min(2, stream.Length)];
        stream.Position = stream.Length - end.Length;
        stream.ReadExactly(end);
        stream.SetLength(stream.Length - (end is [(byte)'\r', _] ? 2 : 1));
    }

    // That a mark is wanted may turn out at the last line, so it comes in by one copy of the file; nobody knows the file yet.
    private void PutMarkInFront()
    {
        string marked = path + ".marked";
        using (FileStream source = File.OpenRead(path))
        using (FileStream target = File.Create(marked))
        {
            target.Write([0xEF, 0xBB, 0xBF]);
            source.CopyTo(target);
        }

        File.Move(marked, path, overwrite: true);
    }
}
