using System.Text.RegularExpressions;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Conventions;

/// <summary>The tests are found where one looks for them, and their names say what they show.</summary>
public sealed partial class TestTreeTests
{
    /// <summary>Folders of tests that are about no one folder of the sources, each with its reason.</summary>
    private static readonly Dictionary<string, string> Rooms = new()
    {
        ["tests/BatchClient.Emulator.Tests/Peers"] = "what other clients make of it",
        ["tests/BatchClient.Runs.Tests/Chaos"] = "runs whose process is killed",
        ["tests/BatchClient.Runs.Tests/Runs"] = "whole runs, through all that can happen to one",
        ["tests/BatchClient.Runs.Tests/Support"] = "what tests stand on",
        ["tests/BatchClient.Tests/Consumer"] = "what an application's own names do beside ours",
        ["tests/BatchClient.Tests/Conventions"] = "the rules of the house",
        ["tests/BatchClient.Tests/Fuzz"] = "what the fuzzer once found, and the fuzzer itself",
        ["tests/BatchClient.Tests/Misfortunes"] = "whole lives of batches, through everything that can go wrong",
        ["tests/BatchClient.Tests/Promises"] = "the promises about money, which many folders keep together",
        ["tests/BatchClient.Tests/Snippets"] = "what the pages show",
        ["tests/BatchClient.Tests/Support"] = "what tests stand on",
        ["tests/BatchClient.Tests/Wire"] = "over real HTTP, through all floors",
    };

    private static readonly string[] Mirrors = ["BatchClient", "BatchClient.Cli", "BatchClient.Emulator", "BatchClient.Runs"];

    [TestCase("tests/BatchClient.Tests")]
    [TestCase("tests/BatchClient.Cli.Tests")]
    [TestCase("tests/BatchClient.Emulator.Tests")]
    [TestCase("tests/BatchClient.Runs.Tests")]
    public void Test_Name_IsMethodConditionResult(string folder)
    {
        IEnumerable<string> odd = SourceCode.In(folder).SelectMany(TestsOf).Where(test => !Name().IsMatch(test[(test.LastIndexOf(' ') + 1)..]));

        Assert.That(odd, Is.Empty, "Method_Condition_Result, as in WaitAsync_StatusUnknown_GoesOn");
    }

    [TestCaseSource(nameof(Mirrors))]
    public void TestFile_Folder_MirrorsTheSources(string library)
    {
        string tests = $"tests/{library}.Tests";
        IEnumerable<string> odd = SourceCode.In(tests)
            .Where(file => file.FileName.EndsWith("Tests.cs", StringComparison.Ordinal))
            .Select(file => file.Path[..file.Path.LastIndexOf('/')])
            .Distinct()
            .Where(folder => !Rooms.Keys.Any(room => folder == room || folder.StartsWith(room + "/", StringComparison.Ordinal)))
            .Where(folder => !Exists(library, folder[tests.Length..].TrimStart('/')));

        Assert.That(odd, Is.Empty, $"there is no such folder in src/{library}");
    }

    [Test]
    public void Tests_InThisFile_AreFound() => Assert.That(
        TestsOf(SourceCode.In("tests/BatchClient.Tests/Conventions").Single(file => file.FileName == $"{nameof(TestTreeTests)}.cs")), Has.Exactly(3).Items);

    /// <summary>A library whose public part is small keeps its rooms below <c>Internal</c>, and its tests go through public doors.</summary>
    private static bool Exists(string library, string folder) =>
        Directory.Exists(Path.Combine(SourceTree.Root, "src", library, folder)) || Directory.Exists(Path.Combine(SourceTree.Root, "src", library, "Internal", folder));

    private static IEnumerable<string> TestsOf(SourceCode file)
    {
        bool isTest = false;
        foreach (string line in file.Lines)
        {
            isTest |= Attribute().IsMatch(line);
            Match method = Method().Match(line);
            if (isTest && method.Success)
                yield return $"{file.Path}: {method.Groups["name"].Value}";
            isTest &= !method.Success;
        }
    }

    [GeneratedRegex(@"^\w+(_\w+){2,}$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^\s+\[(Test|TestCase|TestCaseSource|Theory|FsCheck\.\w+|Property)\b")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"^    public [\w<>\[\]?, ]+ (?<name>\w+)\(")]
    private static partial Regex Method();
}
