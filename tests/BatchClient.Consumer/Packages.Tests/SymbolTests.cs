using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace Packages.Tests;

/// <summary>What a debugger gets: symbols of these very assemblies with all their sources, and nothing about the machine that built them.</summary>
[TestFixtureSource(typeof(Expected), nameof(Expected.All))]
public sealed class SymbolTests(Expected expected)
{
    // Portable PDB, "Embedded Source".
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    private static readonly Encoding[] Encodings = [Encoding.UTF8, Encoding.Unicode];

    private Package _package = null!;
    private Package _symbols = null!;

    private IEnumerable<string> Frameworks => expected.Dependencies.Keys;

    [SetUp]
    public void Open() => (_package, _symbols) = (Package.Open(expected.Id), Package.OpenSymbols(expected.Id));

    [TearDown]
    public void Close()
    {
        _package.Dispose();
        _symbols.Dispose();
    }

    [Test]
    public void Files_AreTheSymbols() => Assert.That(
        _symbols.Files, Is.EquivalentTo([.. Frameworks.Select(framework => $"lib/{framework}/{expected.Id}.pdb"), $"{expected.Id}.nuspec"]));

    [Test]
    public void Symbols_AreOfTheseAssemblies()
    {
        foreach (string framework in Frameworks)
        {
            using PEReader assembly = new(new MemoryStream(Assembly(framework)));
            using MetadataReaderProvider symbols = Symbols(framework);
            DebugDirectoryEntry entry = assembly.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.CodeView);

            Guid ofSymbols = new(symbols.GetMetadataReader().DebugMetadataHeader!.Id.AsSpan()[..16]);
            Assert.That(assembly.ReadCodeViewDebugDirectoryData(entry).Guid, Is.EqualTo(ofSymbols), framework);
        }
    }

    [Test]
    public void Assembly_IsReproducible()
    {
        foreach (string framework in Frameworks)
        {
            using PEReader assembly = new(new MemoryStream(Assembly(framework)));

            Assert.That(assembly.ReadDebugDirectory().Select(entry => entry.Type), Does.Contain(DebugDirectoryEntryType.Reproducible), framework);
        }
    }

    [Test]
    public void Sources_AreAllEmbedded()
    {
        foreach (string framework in Frameworks)
        {
            using MetadataReaderProvider symbols = Symbols(framework);
            MetadataReader reader = symbols.GetMetadataReader();

            IEnumerable<string> missing = reader.Documents.Where(document => !HasSource(reader, document)).Select(document => NameOf(reader, document));
            Assert.That(reader.Documents, Has.Count.GreaterThan(20), framework);
            Assert.That(missing, Is.Empty, framework);
        }
    }

    [Test]
    public void Sources_Names_AreOfTheRepositoryAndNotOfAMachine()
    {
        foreach (string framework in Frameworks)
        {
            using MetadataReaderProvider symbols = Symbols(framework);
            MetadataReader reader = symbols.GetMetadataReader();

            IEnumerable<string> odd = reader.Documents.Select(document => NameOf(reader, document))
                .Where(name => Path.IsPathRooted(name) && !name.StartsWith("/_", StringComparison.Ordinal));
            Assert.That(odd, Is.Empty, framework);
        }
    }

    [Test]
    public void Assembly_Bytes_NameNoFolderOfTheMachine()
    {
        string[] folders = [Package.Repository, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + Path.DirectorySeparatorChar];
        foreach (string framework in Frameworks)
        {
            byte[] assembly = Assembly(framework);
            IEnumerable<string> found = folders.Where(folder => Encodings.Any(encoding => assembly.AsSpan().IndexOf(encoding.GetBytes(folder)) >= 0));

            Assert.That(found, Is.Empty, framework);
        }
    }

    private byte[] Assembly(string framework) => _package.Read($"lib/{framework}/{expected.Id}.dll");

    private MetadataReaderProvider Symbols(string framework) =>
        MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(_symbols.Read($"lib/{framework}/{expected.Id}.pdb")));

    private static bool HasSource(MetadataReader reader, DocumentHandle document) => reader.GetCustomDebugInformation(document)
        .Any(handle => reader.GetGuid(reader.GetCustomDebugInformation(handle).Kind) == EmbeddedSource);

    private static string NameOf(MetadataReader reader, DocumentHandle document) => reader.GetString(reader.GetDocument(document).Name);
}
