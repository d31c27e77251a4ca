namespace BatchGateway.Internal.Lines;

/// <summary>A file that appears under its name whole or not at all: written beside it under another name, then renamed.</summary>
internal sealed class NewFile : IAsyncDisposable
{
    private readonly string _temporary;

    public NewFile(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        _temporary = LocalFiles.PartOf(Path);
        Stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.Asynchronous);
    }

    public string Path { get; }

    public FileStream Stream { get; }

    /// <summary>Gives the file its name. What stood there before is replaced.</summary>
    public void Publish()
    {
        Stream.Dispose();
        File.Move(_temporary, Path, overwrite: true);
    }

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync().ConfigureAwait(false);
        File.Delete(_temporary);
    }
}
