using BatchGateway.Emulator;
using BatchGateway.Runs.Internal;
using BatchGateway.Runs.Tests.Support;

namespace BatchGateway.Runs.Tests.Internal.Folder;

public sealed class StateFolderTests
{
    private static readonly EmulatorClock Clock = EmulatorClock.Manual();

    private TestFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TestFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void Open_MissingFolder_IsMadeForItsOwnerAlone()
    {
        string path = _folder[Path.Combine("deep", "runs")];

        using StateFolder folder = StateFolder.Open(path + Path.DirectorySeparatorChar, Clock);

        Assert.That(folder.FullPath, Is.EqualTo(path));
        if (!OperatingSystem.IsWindows())
            Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [Test]
    public void Open_SecondTime_NamesTheFirst()
    {
        using StateFolder first = StateFolder.Open(_folder.FullPath, Clock);

        StateFolderException? refused = Assert.Throws<StateFolderException>(() => StateFolder.Open(_folder.FullPath, Clock));

        Assert.That(refused!.Message, Does.StartWith(
            $"The state folder '{_folder.FullPath}' is in use by process {Environment.ProcessId} ({AppDomain.CurrentDomain.FriendlyName}) "
            + $"on host '{Environment.MachineName}' since 2026-01-01 00:00:00 UTC. "));
        Assert.That(refused.Message, Does.Contain("use another folder"));
        Assert.That(refused.Holder!.ProcessId, Is.EqualTo(Environment.ProcessId));
    }

    [Test]
    public async Task Open_HeldByAnotherProcess_NamesItUntilItIsKilled()
    {
        using Victim victim = Victim.Start("hold", _folder.FullPath);
        Assert.That(await victim.ReadLineAsync(), Is.EqualTo("open"));

        StateFolderException? refused = Assert.Throws<StateFolderException>(() => StateFolder.Open(_folder.FullPath, Clock));
        await victim.KillAsync();

        Assert.That(refused!.Message, Does.Contain($"in use by process {victim.Id} (BatchClient.Runs.Tests) on host '{Environment.MachineName}'"));
        Assert.That(() => StateFolder.Open(_folder.FullPath, Clock).Dispose(), Throws.Nothing, "the lock died with the process");
    }

    [Test]
    public async Task Open_CopyOfAFolderInUse_IsRefusedUntilThatProcessHasEnded()
    {
        using TestFolder copy = new();
        using Victim victim = Victim.Start("hold", _folder.FullPath);
        Assert.That(await victim.ReadLineAsync(), Is.EqualTo("open"));
        File.Copy(_folder["holder.json"], copy["holder.json"]);

        StateFolderException? refused = Assert.Throws<StateFolderException>(() => StateFolder.Open(copy.FullPath, Clock));
        await victim.KillAsync();

        Assert.That(refused!.Message, Does.Contain(
            $"'{copy.FullPath}' is a copy of '{_folder.FullPath}', made while that was in use by process {victim.Id} (BatchClient.Runs.Tests)"));
        Assert.That(refused.Message, Does.Contain("nothing was changed").And.Contain("copy it again"));
        Assert.That(() => StateFolder.Open(copy.FullPath, Clock).Dispose(), Throws.Nothing);
    }

    // As on a network's file system that takes a lock and keeps nobody out.
    [Test]
    public async Task Open_LockThatKeepsNobodyOut_IsRefusedWhileTheHolderLives()
    {
        using Victim victim = Victim.Start("hold", _folder.FullPath);
        Assert.That(await victim.ReadLineAsync(), Is.EqualTo("open"));
        File.Delete(_folder["lock"]);

        StateFolderException? refused = Assert.Throws<StateFolderException>(() => StateFolder.Open(_folder.FullPath, Clock));

        Assert.That(refused!.Message, Does.Contain($"is in use by process {victim.Id}"));
    }

    [Test]
    public void Open_PlaceThatNobodyMayWriteTo_SaysSo()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("Only here is there a folder that not even the administrator may write to.");

        StateFolderException? refused = Assert.Throws<StateFolderException>(() => StateFolder.Open("/sys/kernel/runs", Clock));

        Assert.That(refused!.Message, Does.StartWith("The state folder '/sys/kernel/runs' cannot be written: "));
        Assert.That(refused.Message, Does.Contain("No run was started.").And.Contain("use another folder"));
    }

    [TestCase("ro", "cannot be written")]
    [TestCase("size=16k", "room")]
    [TestCase("size=1m", "room")]
    [TestCase("size=4m", "room")]
    public async Task Open_DiskThatIsReadOnlyOrFull_SaysWhatAndWhatToDo(string disk, string what)
    {
        using Victim victim = Victim.StartOnDisk(_folder.FullPath, disk, "fill", _folder.FullPath);

        string? message = await victim.ReadLineAsync();

        Assert.That(message, Does.Contain(_folder.FullPath).And.Contain(what));
        Assert.That(message, Does.Contain("No run was started.").Or.Contain("What was durable before stands").Or.Contain("What was written before stands"));
        Assert.That(message, Does.Contain("ake room").Or.Contain("use another folder"));
    }

    [Test]
    public void Open_HolderThatCannotBeRead_IsStillRefused()
    {
        using StateFolder first = StateFolder.Open(_folder.FullPath, Clock);
        File.WriteAllText(_folder["holder.json"], "{");

        StateFolderException? refused = Assert.Throws<StateFolderException>(() => StateFolder.Open(_folder.FullPath, Clock));

        Assert.That(refused!.Message, Does.Contain("in use by another process"));
    }

    [Test]
    public void Open_AfterTheFirstLetGo_IsAllowed()
    {
        StateFolder.Open(_folder.FullPath, Clock).Dispose();
        Assert.That(File.Exists(_folder["holder.json"]), Is.False, "nobody holds it");

        using StateFolder second = StateFolder.Open(_folder.FullPath, Clock);

        Assert.That(File.Exists(_folder["holder.json"]), Is.True);
    }

    [Test]
    public void Open_File_SaysSo()
    {
        File.WriteAllText(_folder["runs"], "");

        StateFolderException? refused = Assert.Throws<StateFolderException>(() => StateFolder.Open(_folder["runs"], Clock));

        Assert.That(refused!.Message, Does.Contain("is a file"));
    }

    [Test]
    public void Open_FolderBelowAFile_SaysThatItCannotBeUsed()
    {
        File.WriteAllText(_folder["file"], "");

        StateFolderException? refused = Assert.Throws<StateFolderException>(() => StateFolder.Open(_folder[Path.Combine("file", "runs")], Clock));

        Assert.That(refused!.Message, Does.Contain("cannot be used").And.Contain(_folder[Path.Combine("file", "runs")]));
    }

    [Test]
    public void Explain_NoRight_SaysThatItCannotBeWritten() => Assert.That(
        FolderFailure.Explain("/state", new UnauthorizedAccessException("Access to '/state/lock' is denied.")).Message,
        Does.StartWith("The state folder '/state' cannot be written: Access to '/state/lock' is denied. "));

    [TestCase(28)]
    [TestCase(unchecked((int)0x80070070))]
    public void Explain_FullDisk_SaysThatThereIsNoRoom(int code) => Assert.That(
        FolderFailure.Explain("/state", new IOException("No space left on device", code)).Message,
        Does.StartWith("There is no room in the state folder '/state'"));
}
