using System.Globalization;

namespace BatchGateway.Benchmarks.Server;

/// <summary>
/// What the server is asked for. Ids say how long the content is: <c>file-2000000000</c> is a file of so many bytes, <c>batch_2000000000</c>
/// a finished batch with that file as its output.
/// </summary>
internal static class Route
{
    private const string FilePrefix = "file-";
    private const string BatchPrefix = "batch_";

    /// <summary>The path before every call.</summary>
    public const string ApiPath = "/v1";

    public static string FileId(long bytes) => FilePrefix + bytes.ToString(CultureInfo.InvariantCulture);

    public static string BatchId(long bytes) => BatchPrefix + bytes.ToString(CultureInfo.InvariantCulture);

    public static bool IsContent(string path) => path.EndsWith("/content", StringComparison.Ordinal);

    public static bool IsBatch(string path) => path.Contains(BatchPrefix, StringComparison.Ordinal);

    /// <summary>The length in the id; 0 when there is no id.</summary>
    public static long BytesOf(string path)
    {
        // The path of the API has a digit of its own.
        ReadOnlySpan<char> rest = path.AsSpan(ApiPath.Length);
        int digits = rest.IndexOfAnyInRange('0', '9');
        if (digits < 0)
            return 0;

        rest = rest[digits..];
        int end = rest.IndexOfAnyExceptInRange('0', '9');
        return long.Parse(end < 0 ? rest : rest[..end], CultureInfo.InvariantCulture);
    }
}
