using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Conventions;

public sealed class FloorTests
{
    private const string Client = "src/BatchClient";

    /// <summary>Files that may look up, each with its reason.</summary>
    private static readonly Dictionary<string, string> Excused = new()
    {
        ["src/BatchClient/Endpoints/EndpointExtensions.cs"] = "whole lists and files on disk are made of several calls: it stands above the endpoints and only shares their folder",
        ["src/BatchClient/Internal/Json/BatchJsonContext.cs"] = "the one JSON context knows every type that is JSON, a saved reference too",
    };

    private static readonly string[] OperationTypes =
    [
        .. SourceCode.In($"{Client}/Operations").Concat(SourceCode.In($"{Client}/Internal/Operations"))
            .Select(file => Path.GetFileNameWithoutExtension(file.FileName)),
    ];

    [TestCase("Endpoints")]
    [TestCase("Models")]
    [TestCase("Errors")]
    [TestCase("Lines")]
    [TestCase("Internal/Http")]
    [TestCase("Internal/Json")]
    [TestCase("Internal/Lines")]
    public void LowerFloor_Code_DoesNotMentionOperations(string folder)
    {
        Regex operations = new($@"\b(Internal\.Operations|{string.Join('|', OperationTypes)})\b");

        IEnumerable<string> found = SourceCode.In($"{Client}/{folder}").Where(file => !Excused.ContainsKey(file.Path)).SelectMany(file => file.Find(operations));

        Assert.That(OperationTypes, Has.Member("BatchOperation"), "else nothing was looked for");
        Assert.That(found, Is.Empty);
    }

    [TestCase(Client)]
    [TestCase("src/BatchClient.Emulator")]
    public void LowerFloor_Code_DoesNotMentionRuns(string folder)
    {
        Regex runs = new($@"\b(BatchGateway\.Runs|{string.Join('|', Libraries.Runs.GetExportedTypes().Select(type => type.Name))})\b");

        Assert.That(SourceCode.In(folder).SelectMany(file => file.Find(runs)), Is.Empty);
    }

    [TestCase("BatchClient")]
    [TestCase("BatchClient.Emulator", "BatchClient")]
    [TestCase("BatchClient.Runs", "BatchClient")]
    public void Assembly_References_AreToTheFloorBelowOnly(string name, params string[] below) => Assert.That(
        Libraries.All.Single(library => library.GetName().Name == name).GetReferencedAssemblies()
            .Select(assembly => assembly.Name!).Where(reference => reference.StartsWith("BatchClient", StringComparison.Ordinal)),
        Is.EquivalentTo(below));

    [Test]
    public void ConsoleTool_Projects_AreNotKnownToTheLibraries() => Assert.That(
        Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) != "BatchClient.Cli.csproj" && File.ReadAllText(path).Contains("BatchClient.Cli", StringComparison.Ordinal)),
        Is.Empty,
        "no reference, and no internals made visible: the tool stands on what every user has");

    [Test]
    public void Excuses_File_IsStillThere() => Assert.That(
        Excused.Keys, Is.SubsetOf(SourceCode.In(Client).Select(file => file.Path)));

    [Test]
    public void Emulator_Assembly_UsesOnlyTheRegistrationOfTheClient()
    {
        using PEReader file = new(File.OpenRead(Libraries.Emulator.Location));
        MetadataReader metadata = file.GetMetadataReader();
        IEnumerable<string> used = metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Where(type => type.ResolutionScope.Kind == HandleKind.AssemblyReference
                && metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name) == "BatchClient")
            .Select(type => metadata.GetString(type.Name));

        Assert.That(used, Is.EquivalentTo(new[] { nameof(BatchGatewayOptions), nameof(IBatchClientBuilder) }), "a model that both sides share would hide a mistake in it");
    }

    [Test]
    public void Emulator_Sources_KnowTheClientInOneFileOnly()
    {
        Regex client = new(@"\b(BatchGatewayOptions|IBatchClientBuilder|IBatchClient|BatchJsonContext)\b");

        IEnumerable<string> found = SourceCode.In("src/BatchClient.Emulator").Where(file => file.FileName != "EmulatorRegistration.cs").SelectMany(file => file.Find(client));

        Assert.That(found, Is.Empty);
    }
}
