using System.Text;

namespace BatchGateway.Runs.Tests.Support;

/// <summary>Looks for words in the bytes of files, whatever is in them: a database and its log as well.</summary>
internal static class FolderBytes
{
    /// <summary>The files that hold a word.</summary>
    public static IReadOnlyList<string> Holding(string folder, string word) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            // The lock is empty, and nobody else may open it.
            .Where(file => Path.GetFileName(file) != "lock" && Holds(file, Encoding.UTF8.GetBytes(word))),
    ];

    private static bool Holds(string path, byte[] word)
    {
        // Somebody may be writing it.
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(word) >= 0;
    }
}
