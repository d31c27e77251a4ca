namespace BatchGateway.Tests.Support;

/// <summary>
/// A folder for temporary files that nobody else uses, while this lives: others on this machine may run the same tests. Only for tests that
/// run alone.
/// </summary>
internal sealed class TemporaryPath : IDisposable
{
    private static readonly string Variable = OperatingSystem.IsWindows() ? "TMP" : "TMPDIR";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("batchclient-tests-");
    private readonly string? _usual = Environment.GetEnvironmentVariable(Variable);

    public TemporaryPath() => Environment.SetEnvironmentVariable(Variable, _folder.FullName);

    public string[] Names => [.. _folder.EnumerateFileSystemInfos().Select(entry => entry.Name)];

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, _usual);
        _folder.Delete(recursive: true);
    }
}
