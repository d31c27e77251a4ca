namespace BatchGateway.Benchmarks.Runs;

/// <summary>How large the parts of a state folder are.</summary>
internal static class StateSize
{
    /// <summary>All blobs in folders of this name.</summary>
    public static long Of(string state, string folder) => Sum(Directory
        .EnumerateDirectories(state, folder, SearchOption.AllDirectories)
        .SelectMany(found => Directory.EnumerateFiles(found, "*", SearchOption.AllDirectories)));

    /// <summary>The database with its log.</summary>
    public static long OfJournal(string state) => Sum(Directory.EnumerateFiles(state, "runs.db*"));

    private static long Sum(IEnumerable<string> files) => files.Sum(file => new FileInfo(file).Length);
}
