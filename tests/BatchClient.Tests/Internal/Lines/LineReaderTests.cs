using System.Text;
using BatchGateway.Internal.Lines;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Internal.Lines;

public sealed class LineReaderTests
{
    [TestCase("", new string[0])]
    [TestCase("a\n", new[] { "1@0:a" })]
    [TestCase("a", new[] { "1@0:a" })]
    [TestCase("a\nb", new[] { "1@0:a", "2@2:b" })]
    [TestCase("a\r\nb\r\n", new[] { "1@0:a", "2@3:b" })]
    [TestCase("a\r", new[] { "1@0:a" })]
    [TestCase("a\rb\n", new[] { "1@0:a\rb" })]
    [TestCase("a\n\n\nb\n", new[] { "1@0:a", "2@2:", "3@3:", "4@4:b" })]
    [TestCase("\n", new[] { "1@0:" })]
    [TestCase("\r\n", new[] { "1@0:" })]
    [TestCase("\uFEFFa\nb\n", new[] { "1@0:a", "2@5:b" })]
    [TestCase("\uFEFF", new[] { "1@0:" })]
    [TestCase("a\n\uFEFFb\n", new[] { "1@0:a", "2@2:b" })]
    [TestCase("ü\n🚀\n", new[] { "1@0:ü", "2@3:🚀" })]
    public async Task Read_Text_IsCutIntoLines(string text, string[] lines)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);

        for (int step = 1; step <= bytes.Length + 1; step++)
            Assert.That(await ReadAsync(new SlowStream(bytes, step)), Is.EqualTo(lines), $"with {step} bytes a read");
    }

    [Test]
    public async Task Read_FixtureCutAnywhere_GivesTheSameLines()
    {
        byte[] bytes = await File.ReadAllBytesAsync(Path.Combine(SourceTree.Fixtures, "ResultLines", "oddities.jsonl"));
        List<string> whole = await ReadAsync(new MemoryStream(bytes));

        for (int step = 1; step <= bytes.Length; step = step < 64 ? step + 1 : step * 3 / 2)
            Assert.That(await ReadAsync(new SlowStream(bytes, step)), Is.EqualTo(whole), $"with {step} bytes a read");
    }

    [TestCase(1_000)]
    [TestCase(128 << 10)]
    [TestCase((128 << 10) - 1)]
    [TestCase((128 << 10) + 1)]
    [TestCase(300_000)]
    public async Task Read_LinesAroundTheSizeOfTheBuffer_AreWhole(int length)
    {
        string line = new('x', length);
        byte[] bytes = Encoding.UTF8.GetBytes($"{line}\n{line}y\nz\n");

        List<string> lines = await ReadAsync(new SlowStream(bytes, 50_000));

        Assert.That(lines, Is.EqualTo(new[] { $"1@0:{line}", $"2@{length + 1}:{line}y", $"3@{(2 * length) + 3}:z" }));
    }

    [TestCase(1, "\nafter\n", true)]
    [TestCase(1, "", false)]
    [TestCase(50_000_000, "\nafter\n", true)]
    public async Task Read_LineOverTheLimit_IsPassedOverAndCounted(long over, string rest, bool hasNext)
    {
        long length = LineCutter.LongestLine + over;
        List<Line> lines = await LinesOf(new GeneratedStream("before\n", length, rest));

        Assert.That(lines[1], Is.EqualTo(new Line(2, 7, new string('x', 4096), IsTooLong: true)));
        Assert.That(lines, Has.Count.EqualTo(hasNext ? 3 : 2));
        if (hasNext)
            Assert.That(lines[2], Is.EqualTo(new Line(3, 8 + length, "after", IsTooLong: false)));
    }

    [Test]
    public async Task Read_LineOfTheLimit_IsRead()
    {
        List<Line> lines = await LinesOf(new GeneratedStream("", LineCutter.LongestLine, "\nafter"));

        Assert.That(lines.Select(line => line.IsTooLong), Has.All.False);
        Assert.That(lines[0].Text, Has.Length.EqualTo(LineCutter.LongestLine));
        Assert.That(lines[1], Is.EqualTo(new Line(2, LineCutter.LongestLine + 1, "after", IsTooLong: false)));
    }

    private static async Task<List<string>> ReadAsync(Stream stream) =>
        [.. (await LinesOf(stream)).Select(line => $"{line.Number}@{line.Offset}:{line.Text}")];

    private static async Task<List<Line>> LinesOf(Stream stream)
    {
        List<Line> lines = await LinesOf(LineReader.Of(stream));
        if (!stream.CanSeek)
            return lines;

        stream.Position = 0;
        Assert.That(await LinesOf(LineReader.Ahead(stream)), Is.EqualTo(lines), "read ahead they are the same");
        return lines;
    }

    private static async Task<List<Line>> LinesOf(LineReader reader)
    {
        List<Line> lines = [];
        await using LineReader disposed = reader;
        while (await reader.MoveNextAsync(CancellationToken.None))
        {
            LineCutter current = reader.Current;
            lines.Add(new Line(current.Number, current.Offset, Encoding.UTF8.GetString(current.Line), current.IsTooLong));
        }

        return lines;
    }

    private sealed record Line(long Number, long Offset, string Text, bool IsTooLong);

    /// <summary>Gives at most so many bytes a read.</summary>
    private sealed class SlowStream(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(step, buffer.Length)], cancellationToken);
    }

    /// <summary>A text, so many letters, and another text, none of it in memory.</summary>
    private sealed class GeneratedStream(string before, long letters, string after) : MemoryStream
    {
        private readonly byte[] _before = Encoding.UTF8.GetBytes(before);
        private readonly byte[] _after = Encoding.UTF8.GetBytes(after);
        private long _position;

        public override long Position { get => _position; set => _position = value; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int count = (int)Math.Min(buffer.Length, _before.Length + letters + _after.Length - _position);
            buffer.Span[..count].Fill((byte)'x');
            for (int i = 0; i < Math.Min(_before.Length - _position, count); i++)
                buffer.Span[i] = _before[_position + i];
            long tail = _before.Length + letters;
            for (long i = Math.Max(0, tail - _position); i < count; i++)
                buffer.Span[(int)i] = _after[_position + i - tail];
            _position += count;
            return ValueTask.FromResult(count);
        }
    }
}
