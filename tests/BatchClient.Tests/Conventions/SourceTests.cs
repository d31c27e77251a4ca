using System.Text.RegularExpressions;

namespace BatchGateway.Tests.Conventions;

public sealed partial class SourceTests
{
    /// <summary>What a page shows in one piece stands in one file.</summary>
    private const string Snippets = "tests/BatchClient.Tests/Snippets/";

    [TestCase("src")]
    [TestCase("tests")]
    [TestCase("samples")]
    public void File_Types_AreOneNamedLikeTheFile(string folder)
    {
        IEnumerable<string> odd = SourceCode.In(folder).Where(file => !file.Path.StartsWith(Snippets, StringComparison.Ordinal))
            .Select(file => (file.Path, Name: file.FileName.Split('.')[0], Types: TypesOf(file, AnyType())))
            .Where(file => file.Types.Length > 1 || (file.Types.Length == 1 && file.Types[0] != file.Name))
            .Select(file => $"{file.Path}: {string.Join(", ", file.Types)}");

        Assert.That(odd, Is.Empty, "a type has a file of its own, with its name");
    }

    [Test]
    public void File_BelowInternal_HasNoPublicType() => Assert.That(
        SourceCode.In("src").Where(file => file.Path.Contains("/Internal/", StringComparison.Ordinal)).SelectMany(PublicTypesOf), Is.Empty);

    [Test]
    public void ConsoleTool_PublicTypes_AreNone() => Assert.That(SourceCode.In("src/BatchClient.Cli").SelectMany(PublicTypesOf), Is.Empty);

    [Test]
    public void File_PublicTypes_AreFound() => Assert.That(
        SourceCode.In("src/BatchClient").SelectMany(PublicTypesOf), Is.EquivalentTo(Libraries.Client.GetExportedTypes().Select(type => type.Name.Split('`')[0])));

    [Test]
    public void File_PublicTypesOfRuns_AreFound() => Assert.That(
        SourceCode.In("src/BatchClient.Runs").SelectMany(PublicTypesOf), Is.EquivalentTo(Libraries.Runs.GetExportedTypes().Select(type => type.Name)));

    private static string[] PublicTypesOf(SourceCode file) => TypesOf(file, PublicType());

    private static string[] TypesOf(SourceCode file, Regex declaration) =>
        [.. file.Lines.Select(line => declaration.Match(line)).Where(match => match.Success).Select(match => match.Groups["name"].Value)];

    // With namespaces that span the file, what stands at the beginning of a line is a type of the top level.
    [GeneratedRegex(@"^public [a-z ]*\b(class|struct|record|interface|enum) (?<name>\w+)")]
    private static partial Regex PublicType();

    [GeneratedRegex(@"^(public |internal |file )?(readonly |ref |static |abstract |sealed |unsafe |partial )*(class|record struct|record|struct|interface|enum) (?<name>\w+)")]
    private static partial Regex AnyType();
}
