using System.Text;
using BatchGateway.Runs.Internal;
using BatchGateway.Runs.Tests.Support;

namespace BatchGateway.Runs.Tests.Internal.Input;

public sealed class RetryShardWriterTests : BlobTests
{
    private RetryShardWriter Writer => new(Blobs);

    [Test]
    public async Task Write_PickedLines_AreTheOldBytesWithTheirPlaces()
    {
        ShardRow shard = (await SpoolAsync(InputLines.Some(250, size: 3_000), new BatchLimits { MaxLines = 100 }))[1];
        string[] old = (await TextAsync("shard/2")).Split('\n');

        IReadOnlyList<NewShard> retries = await Writer.WriteAsync(shard, 2, [100, 103, 150, 199], new BatchLimits());

        Assert.That(retries, Has.Count.EqualTo(1));
        string text = await TextAsync(retries[0].Blob);
        Assert.That(text.Split('\n'), Is.EqualTo(new[] { old[0], old[3], old[50], old[99], "" }));
        Assert.That((retries[0].Lines, retries[0].Bytes, retries[0].Attempt), Is.EqualTo((4L, (long)text.Length, 2)));
        Assert.That(retries[0].Tokens, Is.InRange(4 * 3_000 / 4, 4 * 3_200 / 4));
        Assert.That(await SequencesAsync(Row(retries[0], 4, shard)), Is.EqualTo(new[] { 100L, 103, 150, 199 }));
    }

    [Test]
    public async Task Write_LinesOfARetry_KeepTheirPlacesInTheInput()
    {
        ShardRow shard = (await SpoolAsync(InputLines.Some(1_000)))[0];
        long[] picked = [.. Enumerable.Range(0, 1_000).Where(line => line % 3 == 0).Select(line => (long)line)];
        NewShard second = (await Writer.WriteAsync(shard, 2, picked, new BatchLimits()))[0];

        NewShard third = (await Writer.WriteAsync(Row(second, 2, shard), 3, [0, 3, 300, 999], new BatchLimits()))[0];

        List<(long, string)> lines = [];
        await foreach (ShardLine line in ShardLines.ReadAsync(Blobs, Row(third, 3, shard)))
            lines.Add((line.Sequence, Encoding.UTF8.GetString(line.CustomId.Span)));
        Assert.That(lines, Is.EqualTo(new[] { (0L, "id-0"), (3L, "id-3"), (300L, "id-300"), (999L, "id-999") }));
    }

    [Test]
    public async Task Write_MoreThanABatchMayHave_IsSplitWithEnoughInEach()
    {
        ShardRow shard = (await SpoolAsync(InputLines.Some(100, size: 9_000)))[0];
        long[] picked = [.. Enumerable.Range(10, 45).Select(line => (long)line)];

        IReadOnlyList<NewShard> retries = await Writer.WriteAsync(shard, 2, picked, new BatchLimits { MinLines = 10, MaxLines = 20 });

        Assert.That(retries.Select(retry => retry.Lines), Is.EqualTo(new[] { 20, 15, 10 }));
        List<long> sequences = [];
        foreach (NewShard retry in retries)
        {
            Assert.That((await TextAsync(retry.Blob)).Length, Is.EqualTo(retry.Bytes));
            sequences.AddRange(await SequencesAsync(Row(retry, 2, shard)));
        }

        Assert.That(sequences, Is.EqualTo(picked));
    }

    [Test]
    public async Task Write_Lines_AreWrittenOnce()
    {
        ShardRow shard = (await SpoolAsync(InputLines.Some(100, size: 9_000)))[0];
        long before = Blobs.BytesWritten;
        long[] picked = [.. Enumerable.Range(10, 45).Select(line => (long)line)];

        IReadOnlyList<NewShard> retries = await Writer.WriteAsync(shard, 2, picked, new BatchLimits { MinLines = 10, MaxLines = 20 });

        long places = picked.Length;
        Assert.That(Blobs.BytesWritten - before, Is.EqualTo(retries.Sum(retry => retry.Bytes) + places));
    }

    [Test]
    public async Task Write_NoneOrTooFewForTheProvider_IsNoShard([Values(0, 99)] int count)
    {
        ShardRow shard = (await SpoolAsync(InputLines.Some(200)))[0];
        int before = Blobs.Created.Count;
        long[] picked = [.. Enumerable.Range(0, count).Select(line => (long)line)];

        IReadOnlyList<NewShard> retries = await Writer.WriteAsync(shard, 2, picked, BatchLimits.Bedrock);

        Assert.That(retries, Is.Empty);
        Assert.That(Blobs.Created, Has.Count.EqualTo(before));
    }

    [TestCase(new long[] { 10 })]
    [TestCase(new long[] { -1 })]
    [TestCase(new long[] { 3, 2 })]
    [TestCase(new long[] { 3, 3 })]
    public async Task Write_LineThatIsNotThere_IsAnError(long[] sequences)
    {
        ShardRow shard = (await SpoolAsync(InputLines.Some(10)))[0];

        await Assert.ThrowsAsync<ArgumentException>(() => Writer.WriteAsync(shard, 2, sequences, new BatchLimits()));
    }

    [Test]
    public async Task Write_UnderALaterClaim_LeavesWhatTheEarlierOneWrote()
    {
        ShardRow shard = (await SpoolAsync(InputLines.Some(10)))[0] with { Fence = 1 };
        NewShard planned = (await Writer.WriteAsync(shard with { Fence = 2 }, 2, [1, 2], new BatchLimits()))[0];

        // A worker that lost its claim goes on for a while, and other attempts are written beside.
        NewShard late = (await Writer.WriteAsync(shard, 2, [5, 6], new BatchLimits()))[0];
        NewShard expired = (await Writer.WriteAsync(shard with { Fence = 2 }, 1, [8], new BatchLimits()))[0];

        Assert.That(await SequencesAsync(Row(planned, 2, shard)), Is.EqualTo(new[] { 1L, 2 }));
        Assert.That(new[] { planned.Blob, late.Blob, expired.Blob }, Is.Unique);
    }

    [Test]
    public async Task Write_Shards_AreSeenOnlyWithTheirPlaces()
    {
        ShardRow shard = (await SpoolAsync(InputLines.Some(10)))[0];
        Blobs.FailsToPublish = "retry/1/0-2-1-lines";

        await Assert.ThrowsAsync<IOException>(() => Writer.WriteAsync(shard, 2, [1, 2], new BatchLimits()));

        Assert.That(await Blobs.ExistsAsync("retry/1/0-2-1", default), Is.False);
    }

    private async Task<long[]> SequencesAsync(ShardRow shard)
    {
        List<long> sequences = [];
        await foreach (ShardLine line in ShardLines.ReadAsync(Blobs, shard))
            sequences.Add(line.Sequence);
        return [.. sequences];
    }
}
