using BatchGateway.Emulator;
using BatchGateway.Tests.Support;
using BatchGateway.Tests.Wire;

namespace BatchGateway.Tests.Operations;

/// <summary>Files that lie on disk, uploaded as they are.</summary>
public sealed class SubmitFileTests
{
    private EmulatedClient _client = null!;
    private TemporaryFolder _folder = null!;

    private BatchGatewayEmulator Emulator => _client.Emulator;

    private IBatchClient Gateway => _client.Gateway;

    [OneTimeSetUp]
    public async Task StartAsync() => _client = await EmulatedClient.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _client.DisposeAsync();

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase("\n", "\n")]
    [TestCase("\r\n", "\r\n")]
    [TestCase("\n", "")]
    [TestCase(" \r\n", "")]
    public async Task Prepare_File_IsUploadedToTheByte(string end, string last)
    {
        string path = _folder.Write("lines.jsonl", $" {BrokenInput.Good("ü")}{end}{BrokenInput.Good("""a\u0062""")}{last}");
        BatchRequestFile file = await BatchRequestFile.OpenAsync(path);

        PreparedBatch prepared = await Gateway.PrepareAsync(file);

        await using BatchFileContent content = await Gateway.Files.GetContentAsync(prepared.InputFile.Id);
        using MemoryStream uploaded = new();
        await content.Stream.CopyToAsync(uploaded);
        Assert.That(uploaded.ToArray(), Is.EqualTo(await File.ReadAllBytesAsync(path)));
        Assert.That(prepared.LineCount, Is.EqualTo(2));
        Assert.That(_folder.Names, Is.EqualTo(new[] { "lines.jsonl" }));
    }

    [Test]
    public async Task Submit_SplitFiles_AreABatchEach()
    {
        IReadOnlyList<BatchRequestFile> files = await BatchRequestFile.SplitAsync(
            _folder.PathOf(""), Enumerable.Range(0, 5).Select(_ => BatchRequestLine.Chat(null, "m", "x")), new BatchLimits { MaxLines = 2 });

        List<long?> lines = [];
        foreach (BatchRequestFile file in files)
        {
            BatchOperation operation = await Gateway.SubmitAsync(file);
            lines.Add((await operation.WaitAsync()).RequestCounts!.Completed);
        }

        Assert.That(lines, Is.EqualTo(new long?[] { 2, 2, 1 }));
    }

    [TestCase(Change.Longer)]
    [TestCase(Change.SameLength)]
    [TestCase(Change.Replaced)]
    public async Task Submit_FileThatHasChanged_IsRefusedAndNothingIsSent(Change change)
    {
        string path = _folder.Write("lines.jsonl", BrokenInput.Good("a") + "\n");
        File.SetLastWriteTimeUtc(path, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        BatchRequestFile file = await BatchRequestFile.OpenAsync(path);
        int requests = Emulator.Ledger.Requests.Count;
        ChangeFile(path, change);

        BatchInputException? problem = await Assert.ThrowsAsync<BatchInputException>(() => Gateway.SubmitAsync(file));

        Assert.That(problem!.Message, Does.Contain("has changed").And.Contain("Nothing was sent").And.Contain("OpenAsync"));
        Assert.That(Emulator.Ledger.Requests, Has.Count.EqualTo(requests));
    }

    [Test]
    public async Task Submit_FileThatIsGone_ThrowsWhatTheSystemSays()
    {
        string path = _folder.Write("lines.jsonl", BrokenInput.Good("a"));
        BatchRequestFile file = await BatchRequestFile.OpenAsync(path);
        File.Delete(path);

        Assert.That(() => Gateway.SubmitAsync(file), Throws.TypeOf<FileNotFoundException>());
    }

    public enum Change
    {
        Longer,
        SameLength,
        Replaced,
    }

    private static void ChangeFile(string path, Change change)
    {
        switch (change)
        {
            case Change.Longer:
                File.AppendAllText(path, BrokenInput.Good("b") + "\n");
                break;
            case Change.SameLength:
                File.WriteAllText(path, BrokenInput.Good("b") + "\n");
                break;
            default:
                File.WriteAllText(path + ".new", BrokenInput.Good("b") + "\n");
                File.Move(path + ".new", path, overwrite: true);
                break;
        }
    }
}
