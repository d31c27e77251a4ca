using System.Text.RegularExpressions;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Snippets;

/// <summary>What the pages show compiles, and where they point there is something.</summary>
public sealed partial class SnippetTests
{
    private static readonly string Root = SourceTree.Root;

    private static readonly IReadOnlyList<string[]> Sources =
        [.. Directory.GetFiles(Path.Combine(Root, "tests", "BatchClient.Tests", "Snippets"), "*.cs").Select(path => Meat(File.ReadLines(path)))];

    private static IEnumerable<TestCaseData> Snippets => Pages().SelectMany(SnippetsOf);

    private static IEnumerable<TestCaseData> LinkedPages => Pages().Select(page => new TestCaseData(page).SetName($"Links of {Name(page)} resolve"));

    [TestCaseSource(nameof(Snippets))]
    public void Page_Snippet_StandsInACompiledFile(string[] snippet)
    {
        Assert.That(snippet, Is.Not.Empty);
        Assert.That(
            Sources.Any(source => Contains(source, snippet)),
            $"No file in tests/BatchClient.Tests/Snippets has these lines in a row:\n{string.Join("\n", snippet)}");
    }

    [TestCaseSource(nameof(LinkedPages))]
    public void Page_RelativeLink_LeadsToAFile(string page)
    {
        string[] broken = [.. Link().Matches(WithoutCode(page))
            .Select(match => match.Groups[1].Value.Split('#')[0])
            .Where(target => target.Length > 0 && !Uri.TryCreate(target, UriKind.Absolute, out _))
            .Where(target => !Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, Uri.UnescapeDataString(target))))];

        Assert.That(broken, Is.Empty);
    }

    private static IEnumerable<TestCaseData> SnippetsOf(string page)
    {
        string[] lines = File.ReadAllLines(page);
        for (int start = 0; start < lines.Length; start++)
        {
            if (lines[start].Trim() != "```csharp")
                continue;

            int end = Array.FindIndex(lines, start + 1, line => line.Trim() == "```");
            Assert.That(end, Is.Positive, $"{Name(page)}: the code that begins in line {start + 1} has no end.");
            yield return new TestCaseData([Meat(lines[(start + 1)..end])]).SetName($"Snippet of {Name(page)} in line {start + 1} compiles");
            start = end;
        }
    }

    private static bool Contains(string[] source, string[] snippet) =>
        Enumerable.Range(0, Math.Max(0, source.Length - snippet.Length + 1)).Any(start => source.AsSpan(start, snippet.Length).SequenceEqual(snippet));

    private static string[] Meat(IEnumerable<string> lines) => [.. lines.Select(line => line.Trim()).Where(line => line.Length > 0)];

    private static string WithoutCode(string page) => Fence().Replace(File.ReadAllText(page), "");

    private static IEnumerable<string> Pages()
    {
        string[] folders = ["docs", "samples", "src", "tests"];
        return Directory.GetFiles(Root, "*.md")
            .Concat(folders.Select(folder => Path.Combine(Root, folder))
                .Where(Directory.Exists)
                .SelectMany(folder => Directory.GetFiles(folder, "*.md", SearchOption.AllDirectories)))
            .Where(page => !Name(page).Split('/').Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal);
    }

    private static string Name(string page) => Path.GetRelativePath(Root, page).Replace('\\', '/');

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
