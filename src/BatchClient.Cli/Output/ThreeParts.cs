using System.Text.RegularExpressions;

namespace BatchGateway.Cli.Output;

/// <summary>The library's messages say what failed, how things stand and what to do, one after the other: these are the three.</summary>
internal sealed partial record ThreeParts(string What, string? State, string? Next)
{
    /// <summary>How a sentence begins that says how things stand. What failed may itself be told in several sentences, by the gateway.</summary>
    private static readonly string[] StateBeginnings =
    [
        "No batch was", "No file was", "Nothing was", "Nothing is", "Things stand", "A file may", "Creating it again", "It has no result", "Its result files",
        "What was durable", "What was there", "What was written", "What was acknowledged", "No run was", "One process at a time", "Two copies",
    ];

    public static ThreeParts Of(string message)
    {
        string[] sentences = BetweenSentences().Split(message.Trim());
        int state = Array.FindLastIndex(sentences, IsState);
        if (state > 0)
            return new(Join(sentences[..state])!, sentences[state], Join(sentences[(state + 1)..]));

        return sentences is [var first, .. var middle, var last] ? new(first, Join(middle), last) : new(sentences[0], null, null);
    }

    private static bool IsState(string sentence) =>
        StateBeginnings.Any(beginning => sentence.StartsWith(beginning, StringComparison.Ordinal)) || LinesOfRun().IsMatch(sentence);

    private static string? Join(string[] sentences) => sentences.Length == 0 ? null : string.Join(' ', sentences);

    [GeneratedRegex(@"(?<=[.!?])\s+(?=\p{Lu}|\d+ of its )")]
    private static partial Regex BetweenSentences();

    [GeneratedRegex(@"^\d+ of its \d+ lines")]
    private static partial Regex LinesOfRun();
}
