using System.Text.RegularExpressions;

namespace BatchGateway.Runs.Internal;

/// <summary>The names that blobs may have: the same on every file system, and never a way out of the folder.</summary>
internal static partial class BlobName
{
    /// <exception cref="ArgumentException">It is not one.</exception>
    public static void Require(string name)
    {
        if (!Pattern().IsMatch(name))
            throw new ArgumentException(
                $"'{name}' is no name of a blob: use small letters, digits, '-' and '_', in parts divided by '/'.",
                nameof(name));
    }

    [GeneratedRegex(@"^[a-z0-9_-]+(/[a-z0-9_-]+)*\z")]
    private static partial Regex Pattern();
}
