using System.Text.RegularExpressions;

namespace BatchGateway.Tests.Conventions;

public sealed partial class SourceTests
{
    /// <summary>Places that look like a broken rule and are none, by rule and file, each with its reason.</summary>
    private static readonly Dictionary<(string Rule, string Path), string> Excused = new()
    {
        [("WaitingForATask", "src/BatchClient/Internal/Http/RetryHandler.cs")] = "the result of an outcome, which is no task",
        [("WaitingForATask", "src/BatchClient/Internal/Http/GuardedStream.cs")] = "Stream.Read blocks by its contract, and only the asynchronous way down has a limit",
    };

    private static IEnumerable<TestCaseData> Banned()
    {
        yield return Rule("TheWallClock", WallClock(), "ask a TimeProvider");
        yield return Rule("ADelayWithoutAClock", DelayWithoutClock(), "pass a TimeProvider: Task.Delay(pause, clock, cancellationToken)");
        yield return Rule("Sleeping", Sleep(), "await Task.Delay with a TimeProvider");
        yield return Rule("AnHttpClientOfItsOwn", OwnHttpClient(), "take it from the factory");
        yield return Rule("WaitingForATask", WaitingForTask(), "await it");
    }

    [TestCaseSource(nameof(Banned))]
    public void Sources_Text_HasNothingThatIsBanned(string rule, Regex banned, string instead)
    {
        IEnumerable<string> found = SourceCode.In("src").Where(file => !Excused.ContainsKey((rule, file.Path))).SelectMany(file => file.Find(banned));

        Assert.That(found, Is.Empty, $"instead: {instead}");
    }

    [TestCase("DateTime.Now", true)]
    [TestCase("DateTimeOffset.UtcNow", true)]
    [TestCase("clock.GetUtcNow()", false)]
    [TestCase("await Task.Delay(pause, cancellationToken)", true)]
    [TestCase("await Task.Delay(1000)", true)]
    [TestCase("await Task.Delay(pause, _clock, cancellationToken)", false)]
    [TestCase("await Task.Delay(pause, options.TimeProvider, cancellationToken)", false)]
    [TestCase("Thread.Sleep(1)", true)]
    [TestCase("new HttpClient()", true)]
    [TestCase("task.Result", true)]
    [TestCase("task.Wait()", true)]
    [TestCase("task.GetAwaiter().GetResult()", true)]
    [TestCase("outcome.Results", false)]
    public void Banned_Pattern_FindsWhatItIsFor(string code, bool banned) =>
        Assert.That(Banned().Any(rule => ((Regex)rule.Arguments[1]!).IsMatch(code)), Is.EqualTo(banned));

    [TestCase("src/BatchClient")]
    [TestCase("src/BatchClient.Emulator")]
    [TestCase("src/BatchClient.Runs")]
    public void File_PublicTypes_AreOneNamedLikeTheFile(string folder)
    {
        IEnumerable<string> odd = SourceCode.In(folder)
            .Select(file => (file.FileName, Types: PublicTypesOf(file)))
            .Where(file => file.Types.Length > 1 || (file.Types.Length == 1 && file.Types[0] + ".cs" != file.FileName))
            .Select(file => $"{file.FileName}: {string.Join(", ", file.Types)}");

        Assert.That(odd, Is.Empty);
    }

    [TestCase("src/BatchClient")]
    [TestCase("src/BatchClient.Emulator")]
    [TestCase("src/BatchClient.Runs")]
    public void File_BelowInternal_HasNoPublicType(string folder) => Assert.That(
        SourceCode.In(folder).Where(file => file.Path.Contains("/Internal/", StringComparison.Ordinal)).SelectMany(PublicTypesOf), Is.Empty);

    [Test]
    public void ConsoleTool_PublicTypes_AreNone() => Assert.That(SourceCode.In("src/BatchClient.Cli").SelectMany(PublicTypesOf), Is.Empty);

    [Test]
    public void File_PublicTypes_AreFound() => Assert.That(
        SourceCode.In("src/BatchClient").SelectMany(PublicTypesOf), Is.EquivalentTo(Libraries.Client.GetExportedTypes().Select(type => type.Name.Split('`')[0])));

    [Test]
    public void File_PublicTypesOfRuns_AreFound() => Assert.That(
        SourceCode.In("src/BatchClient.Runs").SelectMany(PublicTypesOf), Is.EquivalentTo(Libraries.Runs.GetExportedTypes().Select(type => type.Name)));

    private static string[] PublicTypesOf(SourceCode file) =>
        [.. file.Lines.Select(line => PublicType().Match(line)).Where(match => match.Success).Select(match => match.Groups["name"].Value)];

    private static TestCaseData Rule(string name, Regex banned, string instead) => new TestCaseData(name, banned, instead).SetName($"Sources_{name}_IsNowhere");

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b")]
    private static partial Regex WallClock();

    [GeneratedRegex(@"\bTask\.Delay\((?!.*(clock|TimeProvider))", RegexOptions.IgnoreCase)]
    private static partial Regex DelayWithoutClock();

    [GeneratedRegex(@"\bThread\.Sleep\b")]
    private static partial Regex Sleep();

    [GeneratedRegex(@"\bnew HttpClient\(")]
    private static partial Regex OwnHttpClient();

    [GeneratedRegex(@"\.Result\b|\.Wait\(\)|\.GetAwaiter\(\)\.GetResult\(\)")]
    private static partial Regex WaitingForTask();

    // With namespaces that span the file, what stands at the beginning of a line is a type of the top level.
    [GeneratedRegex(@"^public [a-z ]*\b(class|struct|record|interface|enum) (?<name>\w+)")]
    private static partial Regex PublicType();
}
