using System.Text.RegularExpressions;

namespace BatchGateway.Cli.Tests.Docs;

/// <summary>
/// A page whose <c>console</c> blocks are what a terminal shows: each begins with <c>$</c> and a command, and what follows is its output. Two outputs are
/// the same when they differ only in what differs every time: ids, times, sizes of the moment, ports, versions. An id that an output showed may stand in a
/// later command: the page's means the real one at the same place.
/// </summary>
internal sealed partial class ConsolePage(string path)
{
    private readonly Dictionary<string, string> _real = [];
    private string _text = File.ReadAllText(path);
    private int _read;

    /// <summary>The commands of the page with their outputs, in its order.</summary>
    public IReadOnlyList<(string Command, string Output)> Steps =>
        [.. Blocks().Matches(_text).SelectMany(block => Commands().Matches(block.Groups[1].Value)).Select(step => (step.Groups[1].Value, step.Groups[2].Value))];

    /// <summary>A command of the page with the ids that are real this time.</summary>
    public string Real(string command) => Ids().Replace(command, id => _real.GetValueOrDefault(id.Value, id.Value));

    /// <summary>A real output with the ids of the page, after learning those that are new in it.</summary>
    public string OfPage(string expected, string output)
    {
        foreach ((Match page, Match real) in Ids().Matches(expected).Zip(Ids().Matches(output)))
        {
            if (page.Groups[1].Value == real.Groups[1].Value && !_real.ContainsValue(real.Value))
                _real.TryAdd(page.Value, real.Value);
        }

        Dictionary<string, string> ofPage = _real.ToDictionary(pair => pair.Value, pair => pair.Key);
        return Ids().Replace(output, id => ofPage.GetValueOrDefault(id.Value, id.Value));
    }

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
        text = Versions().Replace(text, "Version VERSION");
        text = Spans().Replace(text, "SPAN");
        text = Rates().Replace(text, "RATE");
        text = Ports().Replace(text, "127.0.0.1:PORT");
        return Columns().Replace(text, "  ");
    }

    [GeneratedRegex(@"```console\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"^\$ (.+)\n((?:(?!\$ ).*\n)*)", RegexOptions.Multiline)]
    private static partial Regex Commands();

    [GeneratedRegex(@"[ ]+$", RegexOptions.Multiline)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"(batch_|file-|batchclient_intent=|batchclient-)[0-9a-zA-Z]{8,}")]
    private static partial Regex Ids();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?( UTC|Z)( \([^)]*\))?")]
    private static partial Regex Moments();

    [GeneratedRegex(@"\b\d+ (ms|s|min|h|d)\b( \d+ (s|min|h))?")]
    private static partial Regex Spans();

    [GeneratedRegex(@"[\d.,]+ lines/(s|min)(, ends in about SPAN)?")]
    private static partial Regex Rates();

    [GeneratedRegex(@"^Version .+", RegexOptions.Multiline)]
    private static partial Regex Versions();

    /// <summary>How wide a column is depends on what differs.</summary>
    [GeneratedRegex(@"[ ]{2,}")]
    private static partial Regex Columns();

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Ports();
}
