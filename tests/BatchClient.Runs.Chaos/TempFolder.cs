namespace BatchGateway.Runs.Chaos;

/// <summary>A folder that is gone with all that is in it when it is disposed of.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("batchclient-chaos-");

    public string Path => _folder.FullName;

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
