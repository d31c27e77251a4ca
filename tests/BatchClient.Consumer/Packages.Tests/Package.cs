using System.IO.Compression;
using System.Xml.Linq;

namespace Packages.Tests;

/// <summary>A package as it was packed for this run, or its symbols.</summary>
internal sealed class Package : IDisposable
{
    private readonly ZipArchive _archive;

    private Package(string path) => _archive = ZipFile.OpenRead(path);

    /// <summary>The version that run.sh packs.</summary>
    public static string Version { get; } = Environment.GetEnvironmentVariable("BatchClientVersion")
        ?? throw new InvalidOperationException("Start these tests with tests/BatchClient.Consumer/run.sh, which packs what they open.");

    /// <summary>The repository that the packages were built from: of it, nothing may be seen in them.</summary>
    public static string Repository { get; } = Find();

    /// <summary>Every file that is not the container's own.</summary>
    public IEnumerable<string> Files => _archive.Entries.Select(entry => entry.FullName)
        .Where(name => name != "[Content_Types].xml" && !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal));

    public static Package Open(string id) => new(PathOf(id));

    public static string PathOf(string id) => Path.Combine(Feed, $"{id}.{Version}.nupkg");

    public static Package OpenSymbols(string id) => new(Path.Combine(Feed, $"{id}.{Version}.snupkg"));

    public byte[] Read(string file)
    {
        using Stream content = (_archive.GetEntry(file) ?? throw new FileNotFoundException("The package has no such file.", file)).Open();
        using MemoryStream copy = new();
        content.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>The specification, with its namespace taken away.</summary>
    public XElement Metadata()
    {
        using MemoryStream content = new(Read(Files.Single(file => file.EndsWith(".nuspec", StringComparison.Ordinal))));
        XElement root = XDocument.Load(content).Root!;
        foreach (XElement element in root.DescendantsAndSelf())
            element.Name = element.Name.LocalName;
        return root.Element("metadata")!;
    }

    public void Dispose() => _archive.Dispose();

    private static string Feed => Path.Combine(Repository, "artifacts", "consumer", "feed");

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "BatchClient.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("These tests are not inside of the repository.");
    }
}
