namespace BatchGateway.Tests.Support;

/// <summary>The repository that these tests were built from: fixtures are read from it, and some rules of the house are about its text.</summary>
internal static class SourceTree
{
    private const string Solution = "BatchClient.sln";

    public static string Root { get; } = Find();

    public static string Tests { get; } = Path.Combine(Root, "tests", "BatchClient.Tests");

    public static string Fixtures { get; } = Path.Combine(Tests, "Fixtures");

    /// <summary>The C# files below a folder of the repository, without what the build writes.</summary>
    public static IEnumerable<string> CodeIn(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .Order(StringComparer.Ordinal);

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
                return folder.FullName;
        }

        throw new InvalidOperationException($"There is no {Solution} above {AppContext.BaseDirectory}: run the tests from a build inside the repository.");
    }
}
