using System.Text;
using BatchGateway.Runs.Internal;
using BatchGateway.Runs.Tests.Support;

namespace BatchGateway.Runs.Tests.Internal.Blobs;

public sealed class FolderBlobsTests
{
    private TestFolder _folder = null!;
    private IBlobStore _blobs = null!;

    [SetUp]
    public void OpenFolder()
    {
        _folder = new TestFolder();
        _blobs = FolderBlobs.Open(_folder.FullPath);
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Publish_Blob_IsReadUnderItsName()
    {
        await WriteAsync("result/12/output", "some lines");

        Assert.That(await ReadAsync("result/12/output"), Is.EqualTo("some lines"));
        Assert.That(await _blobs.ExistsAsync("result/12/output"), Is.True);
        Assert.That(_folder.Files, Has.Length.EqualTo(1), "no other file is left");
    }

    [Test]
    public async Task Open_Stream_CanSeek()
    {
        await WriteAsync("shard/1", "0123456789");

        await using Stream stream = await _blobs.OpenAsync("shard/1");
        stream.Position = 7;

        Assert.That(stream.CanSeek, Is.True);
        Assert.That(stream.ReadByte(), Is.EqualTo('7'));
    }

    [Test]
    public async Task Dispose_NotPublished_LeavesNothing()
    {
        await using (IBlobWriter writer = await _blobs.CreateAsync("shard/1"))
        {
            await writer.Stream.WriteAsync(new byte[1_000_000]);
            Assert.That(await _blobs.ExistsAsync("shard/1"), Is.False);
        }

        Assert.That(await _blobs.ExistsAsync("shard/1"), Is.False);
        Assert.That(_folder.Files, Is.Empty);
    }

    [Test]
    public async Task Publish_NameThatIsTaken_ReplacesItAndLeavesOpenReadersTheirs()
    {
        await WriteAsync("shard/1", "first");
        await using Stream open = await _blobs.OpenAsync("shard/1");

        await WriteAsync("shard/1", "second");

        Assert.That(await ReadAsync("shard/1"), Is.EqualTo("second"));
        using StreamReader reader = new(open);
        Assert.That(await reader.ReadToEndAsync(), Is.EqualTo("first"));
    }

    [Test]
    public async Task Publish_NameBelowAnother_StandsBesideIt()
    {
        await WriteAsync("shard/1", "lines");
        await WriteAsync("shard/1/lines", "sequences");

        Assert.That(await ReadAsync("shard/1"), Is.EqualTo("lines"));
        Assert.That(await ReadAsync("shard/1/lines"), Is.EqualTo("sequences"));
    }

    [Test]
    public async Task List_Parts_NamesWhatStandsBehindThemOnce()
    {
        foreach (string name in new[] { "result/12/3/output", "result/12/3/error", "result/12/4", "result/12/4/own", "result/123/1/output" })
            await WriteAsync(name, "lines");

        Assert.That(await _blobs.ListAsync("result"), Is.EquivalentTo(new[] { "12", "123" }));
        Assert.That(await _blobs.ListAsync("result/12"), Is.EquivalentTo(new[] { "3", "4" }));
        Assert.That(await _blobs.ListAsync("retry"), Is.Empty);
    }

    [Test]
    public async Task Open_Folder_RemovesWhatACrashLeftAndKeepsWhatWasPublished()
    {
        await WriteAsync("shard/1", "lines");
        IBlobWriter left = await _blobs.CreateAsync("shard/2");
        await left.Stream.WriteAsync(new byte[1_000_000]);
        Assert.That(_folder.Files, Has.Length.EqualTo(2));

        IBlobStore again = FolderBlobs.Open(_folder.FullPath);

        Assert.That(_folder.Files, Has.Length.EqualTo(1));
        Assert.That(await again.ExistsAsync("shard/1"), Is.True);
        await left.DisposeAsync();
    }

    [Test]
    public async Task Open_FolderWithASlashAtItsEnd_IsTheSameFolder()
    {
        _blobs = FolderBlobs.Open(_folder.FullPath + Path.DirectorySeparatorChar);

        await WriteAsync("result/12/output", "some lines");

        Assert.That(await FolderBlobs.Open(_folder.FullPath).ExistsAsync("result/12/output", default), Is.True);
    }

    [TestCase("shard/1")]
    [TestCase("shard/other/deep")]
    public async Task Open_UnknownName_IsNotFound(string name)
    {
        await WriteAsync("shard/2", "lines");

        await Assert.ThrowsAsync<FileNotFoundException>(() => _blobs.OpenAsync(name));
        Assert.That(await _blobs.ExistsAsync(name), Is.False);
    }

    [Test]
    public async Task Delete_Blob_IsGoneAndMayBeDeletedAgain()
    {
        await WriteAsync("shard/1", "lines");

        await _blobs.DeleteAsync("shard/1");
        await _blobs.DeleteAsync("shard/1");
        await _blobs.DeleteAsync("never/there");

        Assert.That(_folder.Files, Is.Empty);
    }

    [Test]
    public async Task DeleteAll_Prefix_IsMeantInWholeParts()
    {
        foreach (string name in new[] { "result/1", "result/1/output", "result/1/error", "result/12/output", "shard/1" })
            await WriteAsync(name, name);

        await _blobs.DeleteAllAsync("result/1");
        await _blobs.DeleteAllAsync("never/there");

        Assert.That(_folder.Files, Is.EqualTo(new[] { Path.Combine("result", "12", "output.blob"), Path.Combine("shard", "1.blob") }));
    }

    [TestCase("")]
    [TestCase("/etc/passwd")]
    [TestCase("../outside")]
    [TestCase("shard/..")]
    [TestCase("shard//1")]
    [TestCase("shard/")]
    [TestCase("Shard")]
    [TestCase(".new")]
    [TestCase("a.blob")]
    [TestCase("shard\\1")]
    [TestCase("shard\n")]
    public async Task Names_ThatAreNone_AreRefused(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _blobs.CreateAsync(name));
        await Assert.ThrowsAsync<ArgumentException>(() => _blobs.OpenAsync(name));
        await Assert.ThrowsAsync<ArgumentException>(() => _blobs.DeleteAllAsync(name));
    }

    [Test]
    public async Task Publish_File_IsForItsOwnerAlone()
    {
        await WriteAsync("shard/1", "prompts of somebody");
        if (OperatingSystem.IsWindows())
            return;

        Assert.That(File.GetUnixFileMode(_folder[Path.Combine("shard", "1.blob")]), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    private async Task WriteAsync(string name, string text)
    {
        await using IBlobWriter writer = await _blobs.CreateAsync(name);
        await writer.Stream.WriteAsync(Encoding.UTF8.GetBytes(text));
        await writer.PublishAsync();
    }

    private async Task<string> ReadAsync(string name)
    {
        using StreamReader reader = new(await _blobs.OpenAsync(name));
        return await reader.ReadToEndAsync();
    }
}
