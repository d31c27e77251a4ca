using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using BatchGateway.Tests.Conventions;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Snippets;

/// <summary>What the pages and the documentation of members show compiles, and where pages point there is something.</summary>
public sealed partial class SnippetTests
{
    private static readonly string Root = SourceTree.Root;

    private static readonly IReadOnlyList<string[]> Sources =
        [.. Directory.GetFiles(Path.Combine(Root, "tests", "BatchClient.Tests", "Snippets"), "*.cs").Select(path => Meat(File.ReadLines(path)))];

    private static IEnumerable<TestCaseData> Snippets => Pages().SelectMany(SnippetsOf);

    private static IEnumerable<TestCaseData> Examples => Libraries.All.SelectMany(ExamplesOf);

    private static IEnumerable<TestCaseData> LinkedPages => Pages().Select(page => new TestCaseData(page).SetName($"Links of {Name(page)} resolve"));

    [TestCaseSource(nameof(Snippets))]
    [TestCaseSource(nameof(Examples))]
    public void Page_Snippet_StandsInACompiledFile(string[] snippet)
    {
        Assert.That(snippet, Is.Not.Empty);
        Assert.That(
            Sources.Any(source => Contains(source, snippet)),
            $"No file in tests/BatchClient.Tests/Snippets has these lines in a row:\n{string.Join("\n", snippet)}");
    }

    [TestCaseSource(nameof(LinkedPages))]
    public void Page_RelativeLink_LeadsToAFileAndAHeading(string page)
    {
        string[] broken = [.. Link().Matches(WithoutCode(page))
            .Select(match => match.Groups[1].Value)
            .Where(target => !Uri.TryCreate(target, UriKind.Absolute, out _) && !IsThere(page, target.Split('#', 2)))];

        Assert.That(broken, Is.Empty);
    }

    [TestCase("M:BatchGateway.BatchClientFactory.Create")]
    [TestCase("M:BatchGateway.IBatchClient.PrepareAsync")]
    [TestCase("M:BatchGateway.IBatchClient.SubmitAsync")]
    [TestCase("M:BatchGateway.IBatchClient.Attach")]
    [TestCase("M:BatchGateway.IBatchesApi.CreateAsync")]
    [TestCase("M:BatchGateway.IBatchesApi.GetAsync")]
    [TestCase("M:BatchGateway.EndpointExtensions.ListAsync")]
    [TestCase("M:BatchGateway.EndpointExtensions.DownloadAsync")]
    [TestCase("M:BatchGateway.BatchOperation.WaitAsync")]
    [TestCase("M:BatchGateway.BatchOperation.ReadResultsAsync")]
    [TestCase("M:BatchGateway.BatchOperation.ReadOutcomesAsync")]
    [TestCase("M:BatchGateway.BatchRequestLine.Chat")]
    [TestCase("M:BatchGateway.BatchRequestFile.SplitAsync")]
    [TestCase("M:BatchGateway.BatchPlan.MakeAsync")]
    [TestCase("M:BatchGateway.BatchResultFile.ReadAsync")]
    [TestCase("M:Microsoft.Extensions.DependencyInjection.BatchClientServiceCollectionExtensions.AddBatchClient")]
    [TestCase("M:Microsoft.Extensions.DependencyInjection.BatchClientServiceCollectionExtensions.AddKeyedBatchClient")]
    [TestCase("M:BatchGateway.BatchRunsServiceCollectionExtensions.AddBatchRuns")]
    [TestCase("M:BatchGateway.Runs.IBatchRuns.RunAsync")]
    [TestCase("M:BatchGateway.Runs.IBatchRuns.ResumeAsync")]
    [TestCase("M:BatchGateway.EmulatorRegistration.UseEmulator")]
    [TestCase("T:BatchGateway.Emulator.BatchGatewayEmulator")]
    public void EntryPoint_Documentation_HasAnExample(string member) =>
        Assert.That(Libraries.All.SelectMany(MembersWithExamples).Select(found => found.Name.Split('(', '`')[0]), Has.Some.EqualTo(member));

    private static bool IsThere(string page, string[] target)
    {
        string path = target[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, Uri.UnescapeDataString(target[0]));
        return Path.Exists(path) && (target.Length == 1 || Headings(path).Contains(target[1]));
    }

    /// <summary>As GitHub names them in links.</summary>
    private static IEnumerable<string> Headings(string page) => Heading().Matches(WithoutCode(page))
        .Select(match => NotInAnchors().Replace(match.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    private static IEnumerable<TestCaseData> ExamplesOf(Assembly assembly) =>
        from member in MembersWithExamples(assembly)
        from code in member.Example.Elements("code")
        select new TestCaseData([Meat(code.Value.Split('\n'))]).SetName($"Example of {member.Name} compiles");

    private static IEnumerable<(string Name, XElement Example)> MembersWithExamples(Assembly assembly) =>
        from member in XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
        from example in member.Elements("example")
        select (member.Attribute("name")!.Value, example);

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

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
