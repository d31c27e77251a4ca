namespace BatchGateway.Emulator.Internal;

/// <summary>
/// A result file in the making. Its lines come in blocks, each turned round, so that nobody's code comes to rely on the input's order;
/// memory holds one block.
/// </summary>
internal sealed class ResultFile(string path)
{
    private const int LinesPerBlock = 16;

    private readonly List<byte[]> _block = [];

    public string Path => path;

    public bool IsEmpty { get; private set; } = true;

    public void Add(byte[] line)
    {
        IsEmpty = false;
        _block.Add(line);
        if (_block.Count == LinesPerBlock)
            Flush();
    }

    public void Flush()
    {
        if (_block.Count == 0)
            return;
        using FileStream stream = new(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        for (int i = _block.Count - 1; i >= 0; i--)
            stream.Write(_block[i]);
        _block.Clear();
    }
}
