namespace Helpdesk.Tests;

/// <summary>A folder that is there for as long as its test.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("helpdesk-");

    public string Path => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
