using System.Reflection;
using System.Xml.Linq;
using BatchGateway.Tests.Conventions;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Snippets;

/// <summary>What the pages and the documentation of members show compiles.</summary>
public sealed class SnippetTests
{
    private const string CSharp = "csharp";

    private static readonly IReadOnlyList<string[]> Sources =
        [.. Directory.GetFiles(Path.Combine(SourceTree.Root, "tests", "BatchClient.Tests", "Snippets"), "*.cs").Select(path => Meat(File.ReadLines(path)))];

    private static IEnumerable<TestCaseData> Snippets => Blocks(isCSharp: true)
        .Select(code => new TestCaseData([Meat(code.Block.Text)]).SetName($"Snippet of {code.Page.Path} in line {code.Block.Line} compiles"));

    private static IEnumerable<TestCaseData> OtherCode => Blocks(isCSharp: false)
        .Select(code => new TestCaseData([code.Block.Text.ToArray()]).SetArgDisplayNames($"{code.Page.Path}:{code.Block.Line}"));

    private static IEnumerable<TestCaseData> Examples => Libraries.All.SelectMany(ExamplesOf);

    [TestCaseSource(nameof(Snippets))]
    [TestCaseSource(nameof(Examples))]
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

    private static IEnumerable<(Page Page, CodeBlock Block)> Blocks(bool isCSharp) =>
        Page.All.SelectMany(page => page.Code.Where(block => block.Language == CSharp == isCSharp).Select(block => (page, block)));

    private static IEnumerable<TestCaseData> ExamplesOf(Assembly assembly) =>
        from member in MembersWithExamples(assembly)
        from code in member.Example.Elements("code")
        select new TestCaseData([Meat(code.Value.Split('\n'))]).SetName($"Example of {member.Name} compiles");

    private static IEnumerable<(string Name, XElement Example)> MembersWithExamples(Assembly assembly) =>
        from member in XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
        from example in member.Elements("example")
        select (member.Attribute("name")!.Value, example);

    private static bool Contains(string[] source, string[] snippet) =>
        Enumerable.Range(0, Math.Max(0, source.Length - snippet.Length + 1)).Any(start => source.AsSpan(start, snippet.Length).SequenceEqual(snippet));

    private static string[] Meat(IEnumerable<string> lines) => [.. lines.Select(line => line.Trim()).Where(line => line.Length > 0)];
}
