using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Tests.Internal.Results;

internal sealed class BlobWindowTests
{
    private static readonly byte[] Content = MakeContent();

    [TestCase(1)]
    [TestCase(50)]
    [TestCase(100_000)]
    public async Task ReadAsync_PiecesShuffledAmongNeighbours_TheirBytes(int neighbours)
    {
        Random random = new(1);
        IEnumerable<int> pieces = Enumerable.Range(0, 2000).Chunk(neighbours).SelectMany(chunk => chunk.OrderBy(_ => random.Next()));
        int[] offsets = [.. pieces.Select(piece => piece * 1000)];
        await using BlobWindow window = new(new MemoryStream(Content));

        foreach (int offset in offsets)
            Assert.That((await window.ReadAsync(offset, 1000, CancellationToken.None)).Span.SequenceEqual(Content.AsSpan(offset, 1000)),
                $"at {offset}");
    }

    [Test]
    public async Task ReadAsync_NeighboursInOrder_FewReads()
    {
        CountingStream stream = new(Content);
        await using BlobWindow window = new(stream);

        for (int offset = 0; offset < Content.Length; offset += 1000)
            await window.ReadAsync(offset, 1000, CancellationToken.None);

        Assert.That(stream.Reads, Is.LessThan(50));
    }

    [Test]
    public async Task ReadAsync_LargePieceBetweenSmallOnes_TheirBytes()
    {
        await using BlobWindow window = new(new MemoryStream(Content));

        (int, int)[] pieces = [(0, 10), (500, 900_000), (10, 10), (900_500, 1_000_000), (1_900_500, 99_500), (0, 2_000_000), (1_999_999, 1)];
        foreach ((int offset, int length) in pieces)
            Assert.That((await window.ReadAsync(offset, length, CancellationToken.None)).Span.SequenceEqual(Content.AsSpan(offset, length)),
                $"at {offset}");
    }

    [Test]
    public async Task ReadAsync_BehindTheEnd_Throws()
    {
        await using BlobWindow window = new(new MemoryStream(Content));

        await Assert.ThrowsAsync<EndOfStreamException>(async () => await window.ReadAsync(Content.Length - 10, 11, CancellationToken.None));
    }

    private static byte[] MakeContent()
    {
        byte[] content = new byte[2_000_000];
        new Random(7).NextBytes(content);
        return content;
    }

    private sealed class CountingStream(byte[] content) : MemoryStream(content)
    {
        public int Reads { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Reads++;
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
