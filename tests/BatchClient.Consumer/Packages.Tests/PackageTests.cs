using System.Buffers.Binary;
using System.Text;
using System.Xml.Linq;

namespace Packages.Tests;

/// <summary>What whoever installs a package gets: no file too few, none too many, and a page that says what it is.</summary>
[TestFixtureSource(typeof(Expected), nameof(Expected.All))]
public sealed class PackageTests(Expected expected)
{
    private Package _package = null!;

    [SetUp]
    public void Open() => _package = Package.Open(expected.Id);

    [TearDown]
    public void Close() => _package.Dispose();

    [Test]
    public void Files_AreTheLibraryItsPageAndItsIcon()
    {
        IEnumerable<string> libraries = expected.Dependencies.Keys.SelectMany(
            framework => new[] { $"lib/{framework}/{expected.Id}.dll", $"lib/{framework}/{expected.Id}.xml" });

        Assert.That(_package.Files, Is.EquivalentTo([.. libraries, $"{expected.Id}.nuspec", "README.md", "icon.png"]));
    }

    [Test]
    public void Metadata_SaysWhatItIs()
    {
        XElement metadata = _package.Metadata();

        Assert.Multiple(() =>
        {
            Assert.That(metadata.Element("id")?.Value, Is.EqualTo(expected.Id));
            Assert.That(metadata.Element("version")?.Value, Is.EqualTo(Package.Version));
            Assert.That(metadata.Element("authors")?.Value, Is.EqualTo("The BatchClient contributors"));
            Assert.That(metadata.Element("copyright")?.Value, Does.StartWith("Copyright (c) "));
            Assert.That(metadata.Element("license")?.Value, Is.EqualTo("MIT"));
            Assert.That(metadata.Element("license")?.Attribute("type")?.Value, Is.EqualTo("expression"));
            Assert.That(metadata.Element("readme")?.Value, Is.EqualTo("README.md"));
            Assert.That(metadata.Element("icon")?.Value, Is.EqualTo("icon.png"));
            Assert.That(metadata.Element("description")?.Value, Has.Length.InRange(60, 300).And.EndsWith("."));
            Assert.That(metadata.Element("tags")?.Value.Split(' '), Does.Contain("batch").And.Contain("openai"));
        });
    }

    [Test]
    public void Dependencies_AreThoseThatItNeeds()
    {
        Dictionary<string, string[]> dependencies = _package.Metadata().Element("dependencies")!.Elements("group").ToDictionary(
            group => group.Attribute("targetFramework")!.Value,
            group => group.Elements("dependency").Select(Dependency).ToArray());

        Assert.That(dependencies.Keys, Is.EquivalentTo(expected.Dependencies.Keys));
        foreach ((string framework, string[] packages) in expected.Dependencies)
            Assert.That(dependencies[framework], Is.EquivalentTo(packages), framework);
    }

    [Test]
    public void Frameworks_AreThoseThatItNeeds()
    {
        IEnumerable<string> frameworks = _package.Metadata().Descendants("frameworkReference").Select(reference => reference.Attribute("name")!.Value).Distinct();

        Assert.That(frameworks, Is.EquivalentTo(expected.Framework is { } framework ? [framework] : Array.Empty<string>()));
    }

    [Test]
    public void Page_IsItsOwn()
    {
        string page = Encoding.UTF8.GetString(_package.Read("README.md"));

        Assert.That(page, Does.StartWith($"# {expected.Id}\n"));
        Assert.That(page, Does.Not.Contain("](docs/").And.Not.Contain("](../"), "A page in a package has no files around it.");
    }

    [Test]
    public void Icon_IsAPictureOf128Pixels()
    {
        byte[] icon = _package.Read("icon.png");

        Assert.That(icon.AsSpan(0, 8).ToArray(), Is.EqualTo(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10 }));
        Assert.That(BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(16)), Is.EqualTo(128));
        Assert.That(BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(20)), Is.EqualTo(128));
    }

    [Test]
    public void Documentation_IsThere()
    {
        foreach (string framework in expected.Dependencies.Keys)
        {
            using MemoryStream content = new(_package.Read($"lib/{framework}/{expected.Id}.xml"));
            IEnumerable<XElement> members = XDocument.Load(content).Descendants("member");

            Assert.That(members.Count(member => member.Element("summary") is not null), Is.GreaterThan(50), framework);
        }
    }

    private static string Dependency(XElement dependency)
    {
        string version = dependency.Attribute("version")!.Value;
        return $"{dependency.Attribute("id")!.Value} {(version == Package.Version ? "this" : version)}";
    }
}
