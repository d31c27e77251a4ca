using BatchGateway.Runs.Internal;
using BatchGateway.Runs.Tests.Support;

namespace BatchGateway.Runs.Tests.Internal.Store.Sqlite;

public sealed class SqliteSessionTests
{
    private const long Full = 2;

    private TestFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TestFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void WriteDurably_Session_WaitsForTheDiskAtEveryCommit()
    {
        using SqliteSession session = SqliteSession.Write(_folder["runs.db"]);

        session.WriteDurably();

        Assert.That(session.Number("PRAGMA synchronous"), Is.EqualTo(Full), "no killed process shows this: only a machine that loses its power");
        Assert.That(session.Number("PRAGMA foreign_keys"), Is.EqualTo(1));
    }

    [Test]
    public void Read_FileThatIsNotThere_MakesNone()
    {
        Assert.That(() => SqliteSession.Read(_folder["runs.db"]).Dispose(), Throws.InstanceOf<Microsoft.Data.Sqlite.SqliteException>());
        Assert.That(_folder.Files, Is.Empty);
    }
}
