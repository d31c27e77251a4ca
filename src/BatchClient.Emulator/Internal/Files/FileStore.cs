namespace BatchGateway.Emulator.Internal;

/// <summary>All files of one emulator, in a temporary folder that lives as long as it does.</summary>
internal sealed class FileStore(EmulatorClock clock) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory($"batchclient-emulator-{Environment.ProcessId}-");
    private readonly List<EmulatedFile> _files = [];
    private readonly Dictionary<string, int> _usesByPath = [];
    private long _pathNumber;

    public string NewPath() => Path.Combine(_folder.FullName, $"{Interlocked.Increment(ref _pathNumber)}.bin");

    public EmulatedFile Add(string path, string? provider, string filename, string purpose, DateTimeOffset createdAt, TimeSpan? lifetime = null)
    {
        EmulatedFile file = new(
            $"file-{Guid.NewGuid():N}", provider, filename, purpose, new FileInfo(path).Length, createdAt, createdAt + lifetime, path);
        lock (_files)
        {
            _files.Add(file);
            _usesByPath[path] = 1;
        }

        return file;
    }

    public EmulatedFile? Find(string id, string? provider) => All(provider).Find(file => file.Id == id);

    /// <summary>The files of a provider account that have not expired, oldest first.</summary>
    public List<EmulatedFile> All(string? provider)
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (_files)
            return _files.FindAll(file => file.Provider == provider && !(file.ExpiresAt <= now));
    }

    public string[] Ids()
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (_files)
            return [.. _files.Where(file => !(file.ExpiresAt <= now)).Select(file => file.Id)];
    }

    /// <summary>The file as a fault wants it from now on.</summary>
    public EmulatedFile AsOrdered(ContentTwist twist, EmulatedFile file)
    {
        if (twist is not (ContentTwist.Changed or ContentTwist.ChangedUnchecked))
            return file;

        lock (_files)
        {
            int index = _files.FindIndex(held => held.Id == file.Id);
            if (index < 0)
                return file;

            // A clock that stands still must not give the old and the new content the same date.
            DateTimeOffset later = _files[index].ModifiedAt.AddSeconds(1);
            DateTimeOffset now = clock.GetUtcNow();
            return _files[index] = _files[index] with
            {
                Version = _files[index].Version + 1,
                ModifiedAt = now > later ? now : later,
                ChecksIfRange = twist == ContentTwist.Changed,
            };
        }
    }

    /// <summary>Keeps a file's bytes for a batch, whatever becomes of the file.</summary>
    public void Use(EmulatedFile file)
    {
        lock (_files)
            _usesByPath[file.Path]++;
    }

    public void Release(EmulatedFile file)
    {
        lock (_files)
        {
            if (--_usesByPath[file.Path] == 0)
                File.Delete(file.Path);
        }
    }

    public bool Delete(EmulatedFile file)
    {
        lock (_files)
        {
            if (_files.RemoveAll(held => held.Id == file.Id) == 0)
                return false;
        }

        Release(file);
        return true;
    }

    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // An aborted request may still have a file open where open files cannot be deleted; the system's own cleaning finds the folder.
        }
    }
}
