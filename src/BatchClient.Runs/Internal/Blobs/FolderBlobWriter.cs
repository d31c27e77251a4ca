namespace BatchGateway.Runs.Internal;

/// <summary>A file under another name until it is published.</summary>
internal sealed class FolderBlobWriter : IBlobWriter
{
    private const int BufferSize = 128 * 1024;

    private readonly string _root;
    private readonly string _path;
    private readonly string _temporary;
    private readonly FileStream _stream;

    public FolderBlobWriter(string root, string path, string temporary)
    {
        _root = root;
        _path = path;
        _temporary = temporary;
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            // What was downloaded is read before it is published.
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = BufferSize,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _stream = new FileStream(temporary, options);
    }

    public Stream Stream => _stream;

    // The order is what survives a loss of power: the bytes, then the name, then the folders that lead to it.
    public async Task PublishAsync(CancellationToken cancellationToken)
    {
        await _stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        await Task.Run(Publish, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync().ConfigureAwait(false);
        if (File.Exists(_temporary))
            File.Delete(_temporary);
    }

    private void Publish()
    {
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        string folder = Path.GetDirectoryName(_path)!;
        Directory.CreateDirectory(folder);
        File.Move(_temporary, _path, overwrite: true);
        FlushUpward(folder);
    }

    // All of them, made now or not: another writer, or a process that was killed, may have made one and not come to flush it.
    private void FlushUpward(string folder)
    {
        DurableFolder.Flush(folder);
        if (folder != _root)
            FlushUpward(Path.GetDirectoryName(folder)!);
    }
}
