namespace BatchGateway.Runs.Internal;

/// <summary>Recognizes what gateways say when they do not know a file that they have just taken.</summary>
internal static class FileRefusal
{
    public static bool IsOne(BatchError error) => error.Message is { } text
        && text.Contains("file", StringComparison.OrdinalIgnoreCase)
        && (Says(text, "not find") || Says(text, "not found") || Says(text, "cannot find") || Says(text, "no such file")
        || Says(text, "does not exist"));

    private static bool Says(string text, string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);
}
