namespace BatchGateway.Runs.Internal;

/// <summary>
/// The names of a shard's results. The fence is part of them: what a worker writes that has lost its claim is not what an outcome points to.
/// </summary>
internal static class ResultBlob
{
    /// <summary>The batch's output file.</summary>
    public const int Output = 0;

    /// <summary>The batch's error file.</summary>
    public const int Error = 1;

    /// <summary>What this library itself says about lines that no result file speaks of.</summary>
    public const int Own = 2;

    private const int KindBits = 2;

    private static readonly string[] Names = ["output", "error", "own"];

    /// <summary>The number by which an outcome names a result file.</summary>
    public static int FileOf(long fence, int kind) => checked((int)((fence << KindBits) | (long)kind));

    /// <summary>Whether it holds what this library itself says.</summary>
    public static bool IsOwn(int file) => (file & ((1 << KindBits) - 1)) == Own;

    public static string NameOf(int shard, int file) => $"{FolderOf(shard)}/{file >> KindBits}/{Names[file & ((1 << KindBits) - 1)]}";

    /// <summary>What all names of a shard begin with; the fence is the next part.</summary>
    public static string FolderOf(int shard) => $"result/{shard}";
}
