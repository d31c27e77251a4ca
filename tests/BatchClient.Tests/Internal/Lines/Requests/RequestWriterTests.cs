using System.Text;
using BatchGateway.Internal.Files;
using BatchGateway.Internal.Lines;
using BatchGateway.Tests.Support;
using BatchGateway.Tests.Wire;

namespace BatchGateway.Tests.Internal.Lines;

/// <summary>Custom ids whose hashes all collide, so that every one is a suspect that the lines must settle.</summary>
public sealed class RequestWriterTests
{
    private static readonly string Text = new('x', 1_000);

    [Test]
    public async Task Write_EqualHashesOfDifferentIds_AreNoDuplicates([Values(1, 300)] int count, [Values(null, 7, 100)] int? maxLines)
    {
        using TemporaryFolder folder = new();

        await WriteAsync(folder, Enumerable.Range(0, count).Select(i => Line($"id-{i}")), new BatchLimits { MaxLines = maxLines });

        string[] files = [.. folder.Names.Select(name => File.ReadAllText(folder.PathOf(name)))];
        Assert.That(files, Has.Length.EqualTo(maxLines is { } most ? (count + most - 1) / most : 1));
        Assert.That(
            string.Concat(files),
            Is.EqualTo(string.Concat(Enumerable.Range(0, count).Select(i => $$$"""{"custom_id":"id-{{{i}}}","method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[{"role":"user","content":"{{{Text}}}"}]}}""" + "\n"))));
    }

    [TestCase(0, TestName = "Write_DuplicateOfTheFirstLine_IsFoundInAFlushedFile")]
    [TestCase(9, TestName = "Write_DuplicateAtTheEndOfAFile_IsFound")]
    [TestCase(10, TestName = "Write_DuplicateAtTheBeginningOfAFile_IsFound")]
    [TestCase(200, TestName = "Write_DuplicateInAFileInTheMiddle_IsFound")]
    [TestCase(299, TestName = "Write_DuplicateOfTheLineBefore_IsFoundInTheBuffer")]
    public async Task Write_Duplicate_IsFoundWithTheNumberOfTheFirst(int twice)
    {
        foreach (BatchLimits limits in new BatchLimits[] { new(), new() { MaxLines = 10 }, new() { MaxLines = 299 } })
        {
            using TemporaryFolder folder = new();
            IEnumerable<BatchRequestLine> lines = [.. Enumerable.Range(0, 300).Select(i => Line($"id-{i}")), Line($"id-{twice}")];

            BatchInputException? problem = await Assert.ThrowsAsync<BatchInputException>(() => WriteAsync(folder, lines, limits));

            Assert.That(problem!.Rule, Is.EqualTo(BatchErrorCode.DuplicateCustomId));
            Assert.That(problem.LineNumber, Is.EqualTo(301));
            Assert.That(problem.Message, Does.Contain($"the custom id of line {twice + 1}:"));
        }
    }

    [TestCase("""{"custom_id":"ab","body":{}}""", """{"custom_id":"a\u0062","body":{}}""", true)]
    [TestCase("""{"custom_id":"\u0061\u0062","body":{}}""", """{"custom_id":"ab","body":{}}""", true)]
    [TestCase("""{"custom_id":"\ud83d\ude80","body":{}}""", """{"body":{},"custom_id":"🚀"}""", true)]
    [TestCase("""{"custom_id":"a\/b","body":{}}""", """{"custom\u005fid":"a/b","body":{}}""", true)]
    [TestCase("""{"custom_id":"x","custom_id":"ab","body":{}}""", """{"custom_id":"ab","body":{}}""", true)]
    [TestCase("""{"custom_id":"ab","custom_id":"x","body":{}}""", """{"custom_id":"ab","body":{}}""", false)]
    [TestCase("""{"body":{"custom_id":"ab"},"custom_id":"x"}""", """{"custom_id":"ab","body":{}}""", false)]
    [TestCase("""{"custom_id":"ab","body":{}}""", """{"custom_id":"AB","body":{}}""", false)]
    [TestCase("""{"custom_id":"ab","body":{}}""", """{"custom_id":"ab ","body":{}}""", false)]
    [TestCase("""{"custom_id":"\u00e9","body":{}}""", """{"custom_id":"e\u0301","body":{}}""", false)]
    public async Task Write_IdsWithEqualHashes_AreDuplicatesWhenTheyAreTheSameText(string first, string second, bool isDuplicate)
    {
        using TemporaryFolder folder = new();

        Assert.That(
            () => WriteAsync(folder, new[] { first, second }.Select(Json), new BatchLimits()),
            isDuplicate ? Throws.TypeOf<BatchInputException>().With.Property("Rule").EqualTo(BatchErrorCode.DuplicateCustomId) : Throws.Nothing);
        string file = folder.Write("lines.jsonl", $"{first}\n{second}\n");
        Assert.That(
            () => OpenAsync(file),
            isDuplicate ? Throws.TypeOf<BatchInputException>().With.Property("Rule").EqualTo(BatchErrorCode.DuplicateCustomId) : Throws.Nothing);
        Assert.That(
            () => BatchRequestFile.OpenAsync(file),
            isDuplicate ? Throws.TypeOf<BatchInputException>().With.Property("Rule").EqualTo(BatchErrorCode.DuplicateCustomId) : Throws.Nothing,
            "with hashes that do not collide");
    }

    [Test]
    public async Task Open_EqualHashesOfDifferentIds_AreNoDuplicates([Values("\n", "\r\n")] string end, [Values] bool endsWithNewline)
    {
        using TemporaryFolder folder = new();
        string text = string.Join(end, Enumerable.Range(0, 300).Select(i => BrokenInput.Good($"id-{i}", body: $$"""{"text":"{{Text}}"}""")));

        BatchRequestFile file = await OpenAsync(folder.Write("lines.jsonl", text + (endsWithNewline ? end : "")));

        Assert.That(file.LineCount, Is.EqualTo(300));
    }

    [Test]
    public async Task Open_EqualHashAndALaterBrokenLine_IsNoDuplicateAndTheLaterLineIsNamed()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("lines.jsonl", $"{BrokenInput.Good("a")}\n{BrokenInput.Good("b")}\nnonsense\n\uFEFF\n");

        BatchInputException? problem = await Assert.ThrowsAsync<BatchInputException>(() => OpenAsync(path));

        Assert.That(problem!.LineNumber, Is.EqualTo(3));
        Assert.That(problem.Rule, Is.EqualTo(BatchErrorCode.InvalidJsonLine));
    }

    [TestCase(0)]
    [TestCase(250)]
    [TestCase(299)]
    public async Task Open_DuplicateAmongEqualHashes_IsFoundWithTheNumberOfTheFirst(int twice)
    {
        using TemporaryFolder folder = new();
        IEnumerable<string> ids = Enumerable.Range(0, 300).Append(twice).Select(i => $"id-{i}");
        string path = folder.Write("lines.jsonl", string.Join('\n', ids.Select(id => BrokenInput.Good(id, body: $$"""{"text":"{{Text}}"}"""))));

        BatchInputException? problem = await Assert.ThrowsAsync<BatchInputException>(() => OpenAsync(path));

        Assert.That(problem!.Message, Does.StartWith($"Line 301 ('id-{twice}') has the custom id of line {twice + 1}:"));
    }

    [Test]
    public async Task Write_ManyFilesAndSuspects_HasOneFileOpenAndOneThatIsLookedInto()
    {
        using TemporaryFolder folder = new();
        using CountedFiles files = new(folder);

        await WriteAsync(files, Enumerable.Range(0, 60).Select(i => Line($"id-{i}")), new BatchLimits { MaxLines = 2 });

        Assert.That(folder.Names, Has.Count.EqualTo(30));
        Assert.That(files.MostOpen, Is.EqualTo(2));
    }

    [Test]
    public async Task Write_LinesMovedBetweenFiles_HasTwoFilesOpen()
    {
        using TemporaryFolder folder = new();
        using CountedFiles files = new(folder);

        // The last file gets a line of the one before, which then needs one itself.
        int[] lengths = [.. Enumerable.Repeat(10, 20), 600, 600, 600];
        await WriteAsync(
            files, lengths.Select((length, i) => BatchRequestLine.Chat($"id-{i}", "m", new string('x', length))), new BatchLimits { MinLines = 2, MaxBytes = 1_500 });

        string[][] ids = [.. folder.Names.Select(name => File.ReadLines(folder.PathOf(name)).Select(line => line.Split('"')[3]).ToArray())];
        Assert.That(ids.SelectMany(file => file), Is.EqualTo(Enumerable.Range(0, lengths.Length).Select(i => $"id-{i}")));
        Assert.That(ids.Select(file => file.Length), Is.EqualTo(new[] { 10, 9, 2, 2 }));
        Assert.That(files.MostOpen, Is.EqualTo(2));
    }

    [Test]
    [Platform("Linux")]
    public async Task Write_DiskThatIsFull_ThrowsWhatTheSystemSays()
    {
        await using FileStream full = new("/dev/full", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 1);
        await using RequestWriter writer = new(new BatchLimits(), mostFiles: 1, _ => new FullFile(full), "");

        Assert.That(() => writer.WriteAsync(AsyncLines.From([Line("a")]), CancellationToken.None), Throws.InstanceOf<IOException>());
    }

    private static async Task WriteAsync(TemporaryFolder folder, IEnumerable<BatchRequestLine> lines, BatchLimits limits)
    {
        using CountedFiles files = new(folder);
        await WriteAsync(files, lines, limits);
    }

    private static async Task WriteAsync(CountedFiles files, IEnumerable<BatchRequestLine> lines, BatchLimits limits)
    {
        await using RequestWriter writer = new(limits, int.MaxValue, files.Begin, "", Colliding());
        await writer.WriteAsync(AsyncLines.From(lines), CancellationToken.None);
    }

    private static Task<BatchRequestFile> OpenAsync(string path) => RequestFileCheck.RunAsync(path, new BatchLimits(), CancellationToken.None, Colliding());

    private static CustomIdSet Colliding() => new(isFinal: false, default, default);

    private static BatchRequestLine Line(string customId) => BatchRequestLine.Chat(customId, "m", Text);

    private static BatchRequestLine Json(string json) => BatchRequestLine.FromJson(Encoding.UTF8.GetBytes(json));

    private sealed class FullFile(FileStream full) : ILineFile
    {
        public FileStream Open() => full;

        public void Close() => full.Dispose();
    }
}
