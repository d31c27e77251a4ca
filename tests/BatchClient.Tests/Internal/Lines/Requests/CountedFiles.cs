using BatchGateway.Internal.Files;
using BatchGateway.Internal.Lines;
using BatchGateway.Tests.Wire;

namespace BatchGateway.Tests.Internal.Lines;

/// <summary>Files of a writer, numbered, and how many of them were open at once.</summary>
internal sealed class CountedFiles(TemporaryFolder folder) : IDisposable
{
    private readonly List<CountedFile> _files = [];
    private int _open;

    public int MostOpen { get; private set; }

    public ILineFile Begin(int number)
    {
        _files.Add(new CountedFile(this, folder.PathOf($"{number:D5}")));
        _files[^1].Open();
        return _files[^1];
    }

    public void Dispose() => _files.ForEach(file => file.Dispose());

    private sealed class CountedFile(CountedFiles all, string path) : ILineFile, IDisposable
    {
        private FileStream? _stream;

        public FileStream Open()
        {
            if (_stream is not null)
                return _stream;

            all.MostOpen = Math.Max(all.MostOpen, ++all._open);
            // With a buffer, as a spool has one: what is looked into must have been written.
            return _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 128 << 10, FileOptions.Asynchronous);
        }

        public void Dispose() => Close();

        public void Close()
        {
            all._open -= _stream is null ? 0 : 1;
            _stream?.Dispose();
            _stream = null;
        }
    }
}
