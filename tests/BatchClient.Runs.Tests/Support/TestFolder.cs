namespace BatchGateway.Runs.Tests.Support;

/// <summary>A folder of one test.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("batchclient-runs-");

    public string FullPath => _folder.FullName;

    public string this[string name] => Path.Combine(FullPath, name);

    public string[] Files => [
        .. Directory.EnumerateFiles(FullPath, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(FullPath, path)).Order(StringComparer.Ordinal),
    ];

    public void Dispose() => _folder.Delete(recursive: true);
}
