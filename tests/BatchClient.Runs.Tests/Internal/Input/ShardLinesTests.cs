using System.Text;
using BatchGateway.Runs.Internal;
using BatchGateway.Runs.Tests.Support;

namespace BatchGateway.Runs.Tests.Internal.Input;

public sealed class ShardLinesTests : BlobTests
{
    [Test]
    public async Task Read_ShardOfTheInput_GivesEachLineWithItsPlace()
    {
        IReadOnlyList<ShardRow> shards = await SpoolAsync(InputLines.Some(250, size: 3_000), new BatchLimits { MaxLines = 100 });
        string blob = await TextAsync("shard/2");

        List<(long Sequence, string Line, string Id)> lines = await ReadAsync(shards[1], blob);

        Assert.That(lines.Select(line => line.Sequence), Is.EqualTo(Enumerable.Range(100, 100)));
        Assert.That(lines.Select(line => line.Id), Is.EqualTo(Enumerable.Range(100, 100).Select(number => $"id-{number}")));
        Assert.That(string.Concat(lines.Select(line => line.Line)), Is.EqualTo(blob));
    }

    [TestCase("""{"custom_id":"plain","body":{}}""", "plain")]
    [TestCase("""{"body":{"custom_id":"inner"},"custom_id":"outer"}""", "outer")]
    [TestCase("""{"custom_id":"first","body":{},"custom_id":"second"}""", "second")]
    [TestCase("""{"custom_id":"a\u0062\"\\","body":{}}""", "ab\"\\")]
    [TestCase("""{"custom\u005fid":"named with an escape","body":{}}""", "named with an escape")]
    [TestCase("""{"Custom_id":"no","other":[1,{"custom_id":"no"}],"custom_id":"yes","body":{}}""", "yes")]
    [TestCase("""{ "custom_id" : "ünïcödé 😀" , "body" : {} }""", "ünïcödé 😀")]
    [TestCase("""{"custom_id":"}{\",","body":{"text":"\"custom_id\":\"no\""}}""", "}{\",")]
    public async Task Read_CustomId_IsTheOneThatWasChecked(string json, string expected)
    {
        IReadOnlyList<ShardRow> shards = await SpoolAsync([InputLines.Json(json)]);

        List<(long Sequence, string Line, string Id)> lines = await ReadAsync(shards[0], await TextAsync("shard/1"));

        Assert.That(lines, Is.EqualTo(new[] { (0L, json + "\n", expected) }));
    }

    [Test]
    public async Task Read_BlobWithFewerLines_IsAnError()
    {
        IReadOnlyList<ShardRow> shards = await SpoolAsync(InputLines.Some(10));
        string text = await TextAsync("shard/1");
        await PublishAsync("shard/1", text[..(text.TrimEnd().LastIndexOf('\n') + 1)]);

        InvalidDataException broken = (await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(shards[0], text)))!;

        Assert.That(broken.Message, Does.Contain("'shard/1'").And.Contain("10 request lines"));
    }

    [Test]
    public async Task Read_BlobWithMoreLines_IsAnError()
    {
        IReadOnlyList<ShardRow> shards = await SpoolAsync(InputLines.Some(10));
        string text = await TextAsync("shard/1");
        await PublishAsync("shard/1", text + text);

        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(shards[0], text + text));
    }

    [TestCase("zeros")]
    [TestCase("{\"body\":{}}")]
    [TestCase("{\"custom_id\":7,\"body\":{}}")]
    public async Task Read_LineThatWasNeverWritten_IsAnError(string line)
    {
        IReadOnlyList<ShardRow> shards = await SpoolAsync(InputLines.Some(1));
        await PublishAsync("shard/1", line + "\n");

        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(shards[0], line + "\n"));
    }

    [Test]
    public async Task Read_PickedLinesOfUnknownPlaces_IsAnError()
    {
        IReadOnlyList<ShardRow> shards = await SpoolAsync(InputLines.Some(3));
        string text = await TextAsync("shard/1");
        ShardRow picked = shards[0] with { FirstLine = null };

        await Assert.ThrowsAsync<FileNotFoundException>(() => ReadAsync(picked, text));
        await PublishAsync("shard/1-lines", "\0\0");
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(picked, text), "two places for three lines");
    }

    [Test]
    public async Task Read_Cancelled_Stops()
    {
        IReadOnlyList<ShardRow> shards = await SpoolAsync(InputLines.Some(3));

        await Assert.CatchAsync<OperationCanceledException>(() => ShardLines.ReadAsync(Blobs, shards[0], new CancellationToken(true)).ToListAsync());
    }

    private async Task<List<(long Sequence, string Line, string Id)>> ReadAsync(ShardRow shard, string blob)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(blob);
        List<(long, string, string)> lines = [];
        await foreach (ShardLine line in ShardLines.ReadAsync(Blobs, shard))
            lines.Add((line.Sequence, Encoding.UTF8.GetString(bytes, (int)line.Offset, line.Length), Encoding.UTF8.GetString(line.CustomId.Span)));
        return lines;
    }
}
