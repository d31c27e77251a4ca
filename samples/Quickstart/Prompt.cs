using System.Security.Cryptography;
using System.Text;

namespace Quickstart;

/// <summary>One prompt, and the custom id by which its answer is found.</summary>
internal sealed record Prompt(string Id, string Text)
{
    /// <summary>Reads a text file with one prompt per line; blank lines do not count.</summary>
    public static IReadOnlyList<Prompt> ReadFile(string path)
    {
        Prompt[] prompts = [.. File.ReadLines(path)
            .Select(line => line.Trim())
            .Where(line => line.Length > 0)
            .Select((text, index) => new Prompt($"prompt-{index + 1}-{Mark(text)}", text))];
        return prompts.Length > 0 ? prompts : throw new InvalidDataException($"There is no prompt in '{path}': write one per line.");
    }

    // The id holds a mark of the text, so that --attach with another file finds no answers instead of somebody else's.
    private static string Mark(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 4));
}
