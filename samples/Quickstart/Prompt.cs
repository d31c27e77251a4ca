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
            .Select((text, index) => new Prompt($"prompt-{index + 1}", text))];
        return prompts.Length > 0 ? prompts : throw new InvalidDataException($"There is no prompt in '{path}': write one per line.");
    }
}
