namespace BatchGateway.Internal.Files;

/// <summary>A file that appears under its name whole or not at all: written beside it under another name, then renamed.</summary>
internal sealed class NewFile : ILineFile, IAsyncDisposable
{
    private readonly string _temporary;
    private FileStream? _stream;

    public NewFile(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        _temporary = LocalFiles.PartOf(Path);
        _stream = OpenTemporary(FileMode.CreateNew);
    }

    public string Path { get; }

    public FileStream Open() => _stream ??= OpenTemporary(FileMode.Open);

    public void Close()
    {
        _stream?.Dispose();
        _stream = null;
    }

    /// <summary>Gives the file its name. What stood there before is replaced.</summary>
    public void Publish()
    {
        Close();
        File.Move(_temporary, Path, overwrite: true);
    }

    public async ValueTask DisposeAsync()
    {
        if (_stream is not null)
            await _stream.DisposeAsync().ConfigureAwait(false);
        File.Delete(_temporary);
    }

    private FileStream OpenTemporary(FileMode mode) => new(_temporary, mode, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.Asynchronous);
}
