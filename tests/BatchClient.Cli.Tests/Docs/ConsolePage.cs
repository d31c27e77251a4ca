using System.Text.RegularExpressions;

namespace BatchGateway.Cli.Tests.Docs;

/// <summary>
/// A page whose <c>console</c> blocks are what a terminal shows: each begins with <c>$</c> and a command, and what follows is its output. Two outputs are
/// the same when they differ only in what differs every time: ids, times, sizes of the moment, ports.
/// </summary>
internal sealed partial class ConsolePage(string path)
{
    private string _text = File.ReadAllText(path);
    private int _read;

    /// <summary>The commands of the page with their outputs, in its order.</summary>
    public IReadOnlyList<(string Command, string Output)> Steps =>
        [.. Blocks().Matches(_text).SelectMany(block => Commands().Matches(block.Groups[1].Value)).Select(step => (step.Groups[1].Value, step.Groups[2].Value))];

    /// <summary>Puts another output in the place of the one that the page has for its next command.</summary>
    public void Accept(string command, string old, string output)
    {
        string before = $"$ {command}\n{old}", after = $"$ {command}\n{Blanks().Replace(output, "")}";
        int start = _text.IndexOf(before, _read, StringComparison.Ordinal);
        _text = _text[..start] + after + _text[(start + before.Length)..];
        _read = start + after.Length;
    }

    public void Save() => File.WriteAllText(path, _text);

    /// <summary>An output without what differs every time.</summary>
    public static string Normal(string output)
    {
        string text = Blanks().Replace(output, "");
        text = Ids().Replace(text, "$1ID");
        text = Moments().Replace(text, "TIME");
        text = Spans().Replace(text, "SPAN");
        text = Rates().Replace(text, "RATE");
        return Ports().Replace(text, "127.0.0.1:PORT");
    }

    [GeneratedRegex(@"```console\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"^\$ (.+)\n((?:(?!\$ ).*\n)*)", RegexOptions.Multiline)]
    private static partial Regex Commands();

    [GeneratedRegex(@"[ ]+$", RegexOptions.Multiline)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"(batch_|file-)[0-9a-zA-Z]{8,}")]
    private static partial Regex Ids();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?( UTC|Z)( \([^)]*\))?")]
    private static partial Regex Moments();

    [GeneratedRegex(@"\b\d+ (s|min|h|d)\b( \d+ (s|min|h))?")]
    private static partial Regex Spans();

    [GeneratedRegex(@"[\d.,]+ lines/(s|min)(, ends in about SPAN)?")]
    private static partial Regex Rates();

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Ports();
}
