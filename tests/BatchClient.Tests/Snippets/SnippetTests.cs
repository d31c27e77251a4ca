using BatchGateway.Tests.Conventions;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Snippets;

/// <summary>What the pages show compiles.</summary>
public sealed class SnippetTests
{
    private const string CSharp = "csharp";

    private static readonly IReadOnlyList<string[]> Sources =
        [.. Directory.GetFiles(Path.Combine(SourceTree.Root, "tests", "BatchClient.Tests", "Snippets"), "*.cs").Select(path => Meat(File.ReadLines(path)))];

    private static IEnumerable<TestCaseData> Snippets => Blocks(isCSharp: true)
        .Select(code => new TestCaseData([Meat(code.Block.Text)]).SetName($"Snippet of {code.Page.Path} in line {code.Block.Line} compiles"));

    private static IEnumerable<TestCaseData> OtherCode => Blocks(isCSharp: false)
        .Select(code => new TestCaseData([code.Block.Text.ToArray()]).SetArgDisplayNames($"{code.Page.Path}:{code.Block.Line}"));

    [TestCaseSource(nameof(Snippets))]
    public void Page_Snippet_StandsInACompiledFile(string[] snippet)
    {
        Assert.That(snippet, Is.Not.Empty);
        Assert.That(
            Sources.Any(source => Contains(source, snippet)),
            $"No file in tests/BatchClient.Tests/Snippets has these lines in a row:\n{string.Join("\n", snippet)}");
    }

    /// <summary>Code that does not say that it is C# would be compiled by nobody. Only what the compiler refuses may stand so, beside what it says.</summary>
    [TestCaseSource(nameof(OtherCode))]
    public void Page_CodeOfAnotherLanguage_IsNoCSharp(string[] code) => Assert.That(
        code.Any(line => line.StartsWith("error CS", StringComparison.Ordinal)) ? [] : code.Where(line => line.EndsWith(';')),
        Is.Empty,
        $"begin it with ```{CSharp}");

    private static IEnumerable<(Page Page, CodeBlock Block)> Blocks(bool isCSharp) =>
        Page.All.SelectMany(page => page.Code.Where(block => block.Language == CSharp == isCSharp).Select(block => (page, block)));

    private static bool Contains(string[] source, string[] snippet) =>
        Enumerable.Range(0, Math.Max(0, source.Length - snippet.Length + 1)).Any(start => source.AsSpan(start, snippet.Length).SequenceEqual(snippet));

    private static string[] Meat(IEnumerable<string> lines) => [.. lines.Select(line => line.Trim()).Where(line => line.Length > 0)];
}
