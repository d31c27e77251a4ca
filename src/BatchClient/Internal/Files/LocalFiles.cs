namespace BatchGateway.Internal.Files;

/// <summary>Files of the user's on disk.</summary>
internal static class LocalFiles
{
    /// <summary>Opens a file that is read from its beginning to its end, in pieces that are large enough by themselves.</summary>
    public static FileStream OpenRead(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
    }

    /// <summary>A name beside a file for what will take its place: in the same folder, so that it can be renamed in one step.</summary>
    public static string PartOf(string fullPath) =>
        Path.Combine(Path.GetDirectoryName(fullPath)!, $".{Path.GetFileName(fullPath)}.{Guid.NewGuid():N}.part");
}
