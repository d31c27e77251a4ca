namespace BatchGateway.Cli.Running;

/// <summary>Words as they are typed at a prompt.</summary>
internal static class Shell
{
    private const string Harmless = "@%+=:,./-_";

    /// <summary>One word that a shell takes as it is.</summary>
    public static string Quote(string word)
    {
        if (word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || Harmless.Contains(c, StringComparison.Ordinal)))
            return word;
        return OperatingSystem.IsWindows() ? $"\"{word.Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }
}
