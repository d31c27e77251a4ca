using System.Text;
using BatchGateway.Tests.Support;
using BatchGateway.Tests.Wire;
using FsCheck;
using FsCheck.Fluent;

namespace BatchGateway.Tests.Lines;

public sealed class BatchResultFileTests
{
    [Test]
    public void ReadAsync_AnyFile_NeverThrowsAndAccountsForEveryLine() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1500),
        Prop.ForAll(ResultLines.File, file =>
        {
            List<BatchResultLine> lines = ReadAsync(new MemoryStream(file)).GetAwaiter().GetResult();

            Assert.That(lines.Select(line => line.LineNumber), Is.EqualTo(NumbersOf(file)), ResultLines.Show(file));
            foreach (BatchResultLine line in lines)
                AssertStandsThere(line, file);
        }));

    [Test]
    public void ReadAsync_BytesInAnyPieces_GivesTheSameLines() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1000),
        Prop.ForAll(
            Arb.From(from file in ResultLines.File.Generator from seed in Gen.Choose(0, int.MaxValue - 1) select (File: file, Seed: seed)),
            cut =>
            {
                string whole = Describe(ReadAsync(new MemoryStream(cut.File)).GetAwaiter().GetResult());
                string pieces = Describe(ReadAsync(new PiecewiseStream(cut.File, new Random(cut.Seed))).GetAwaiter().GetResult());

                Assert.That(pieces, Is.EqualTo(whole));
            }));

    [Test]
    public async Task ReadAsync_OutputAndErrorFile_AreReadOneAfterTheOther()
    {
        using TemporaryFolder folder = new();
        string output = folder.Write("output.jsonl", """{"custom_id":"a","response":{"status_code":200,"body":{}}}""");
        string errors = folder.Write("errors.jsonl", "\n{\"custom_id\":\"b\",\"error\":{\"code\":\"batch_expired\"}}\n");

        List<BatchResultLine> lines = [];
        await foreach (BatchResultLine line in BatchResultFile.ReadAsync([output, errors]))
            lines.Add(line);

        Assert.That(
            lines.Select(line => (line.CustomId, line.Kind, line.LineNumber, line.Offset)),
            Is.EqualTo(new[] { ("a", BatchOutcomeKind.Succeeded, 1L, 0L), ("b", BatchOutcomeKind.Expired, 2L, 1L) }));
    }

    [Test]
    public void ReadAsync_NoSuchFile_SaysSo() => Assert.That(
        async () => await BatchResultFile.ReadAsync("/nowhere/at/all.jsonl").GetAsyncEnumerator().MoveNextAsync(), Throws.InstanceOf<IOException>());

    [Test]
    public async Task ReadAsync_LineOver64MiB_IsMalformedAndTheNextOneIsRead()
    {
        byte[] tooLong = new byte[(64 << 20) + 1];
        tooLong.AsSpan().Fill((byte)'x');
        "{\"id\":\"r\",\"custom_id\":\"a\",\"response\":{\"body\":\""u8.CopyTo(tooLong);
        using MemoryStream file = new([.. tooLong, .. "\n{\"custom_id\":\"b\",\"response\":{\"body\":{}}}"u8]);

        List<BatchResultLine> lines = await ReadAsync(file);

        Assert.That(lines.Select(line => line.Kind), Is.EqualTo(new[] { BatchOutcomeKind.Malformed, BatchOutcomeKind.Succeeded }));
        Assert.That(lines[0].Error!.Message, Is.EqualTo("the line is longer than 64 MiB"));
        Assert.That((lines[0].CustomId, lines[0].Raw.Length), Is.EqualTo(("a", 4096)), "its outcome is malformed, not missing");
        Assert.That((lines[1].LineNumber, lines[1].Offset), Is.EqualTo((2, (64L << 20) + 2)));
    }

    [Test]
    public async Task ReadAsync_ManyLines_AllocatesLittleMoreThanTheirBytes()
    {
        byte[] line = Encoding.UTF8.GetBytes(
            $$$"""{"id":"batch_req_1","custom_id":"row-00000001","response":{"status_code":200,"request_id":"req_1","body":{"text":"{{{new string('x', 1570)}}}"}},"error":null}""" + "\n");
        byte[] file = [.. Enumerable.Repeat(line, 2000).SelectMany(bytes => bytes)];
        await CountAsync(file);

        long before = GC.GetTotalAllocatedBytes(precise: true);
        int count = await CountAsync(file);
        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        Assert.That(count, Is.EqualTo(2000));
        Assert.That(allocated, Is.LessThan(2 * file.Length), "a copy of the bytes, a small object and an id a line; other tests run beside this one");
    }

    [Test]
    public async Task ReadAsync_Cancelled_Stops()
    {
        using CancellationTokenSource source = new();
        await source.CancelAsync();

        Assert.That(
            async () => await BatchResultFile.ReadAsync(new MemoryStream([1, 2, 3]), source.Token).GetAsyncEnumerator().MoveNextAsync(),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task RequestId_LineThatIsCopiedWithOtherBytes_StaysWhatItWas()
    {
        byte[] file = """{"custom_id":"a","response":{"status_code":200,"request_id":"req\u005f1","body":{}}}"""u8.ToArray();
        List<BatchResultLine> lines = await ReadAsync(new MemoryStream(file));

        BatchResultLine copy = lines[0] with { Raw = "{}"u8.ToArray() };

        Assert.That(lines[0], Is.EqualTo(lines[0] with { }), "looking at the id changed nothing");
        Assert.That((lines[0].RequestId, copy.RequestId, (lines[0] with { RequestId = "other" }).RequestId), Is.EqualTo(("req_1", "req_1", "other")));
    }

    private static async Task<List<BatchResultLine>> ReadAsync(Stream stream)
    {
        List<BatchResultLine> lines = [];
        await foreach (BatchResultLine line in BatchResultFile.ReadAsync(stream))
            lines.Add(line);
        return lines;
    }

    private static async Task<int> CountAsync(byte[] file)
    {
        int count = 0;
        await foreach (BatchResultLine line in BatchResultFile.ReadAsync(new MemoryStream(file)))
            count += line.Kind == BatchOutcomeKind.Succeeded ? 1 : 0;
        return count;
    }

    private static IEnumerable<long> NumbersOf(byte[] file)
    {
        string text = Encoding.Latin1.GetString(file);
        string[] lines = text.Split('\n');
        for (int number = 1; number <= lines.Length; number++)
        {
            string line = lines[number - 1].StartsWith("\u00EF\u00BB\u00BF", StringComparison.Ordinal) ? lines[number - 1][3..] : lines[number - 1];
            line = line.EndsWith('\r') ? line[..^1] : line;
            if (line.Trim(' ', '\t').Length > 0)
                yield return number;
        }
    }

    private static void AssertStandsThere(BatchResultLine line, byte[] file)
    {
        bool hasBom = file.AsSpan((int)line.Offset).StartsWith("\uFEFF"u8);
        Assert.That(file.AsSpan((int)line.Offset + (hasBom ? 3 : 0)).StartsWith(line.Raw.Span), Is.True, "what a line holds stands at its offset");
        Assert.That(line.Error is null, Is.EqualTo(line.Kind == BatchOutcomeKind.Succeeded), "what did not succeed says why");
        Assert.That(() => (line.ChatText, line.RequestId), Throws.Nothing);
    }

    private static string Describe(IEnumerable<BatchResultLine> lines) => string.Join(
        '\n', lines.Select(line => $"{line.LineNumber}@{line.Offset} {line.CustomId} {line.Kind} {line.Error} {Encoding.Latin1.GetString(line.Raw.Span)}"));

    private sealed class PiecewiseStream(byte[] bytes, Random random) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, random.Next(1, 40))], cancellationToken);
    }
}
