using BatchGateway.Runs.Internal;
using BatchGateway.Runs.Tests.Support;

namespace BatchGateway.Runs.Tests.Internal.Input;

public sealed class SequenceReaderTests : BlobTests
{
    [Test]
    public async Task TryNext_WhatWasWritten_ComesBack()
    {
        long[] numbers = [0, 1, 129, 258, 16_642, 16_643, 1_000_000, 1_000_000_000_000, long.MaxValue - 1];

        Assert.That(await WriteAndReadAsync(numbers), Is.EqualTo(numbers));
    }

    [Test]
    public async Task TryNext_LargeFirstNumber_ComesBack()
    {
        Assert.That(await WriteAndReadAsync([999_999, 1_000_000]), Is.EqualTo(new[] { 999_999L, 1_000_000 }));
    }

    [Test]
    public void Written_NeighboursAndThirds_TakeAByteEach()
    {
        SequenceWriter writer = new();
        for (long line = 0; line < 300; line += line < 100 ? 1 : 3)
            writer.Add(line);

        Assert.That(writer.Written.Length, Is.EqualTo(100 + 67));
    }

    private async Task<List<long>> WriteAndReadAsync(long[] numbers)
    {
        SequenceWriter sequences = new();
        foreach (long number in numbers)
            sequences.Add(number);
        await using (IBlobWriter writer = await Blobs.CreateAsync("lines", default))
        {
            await writer.Stream.WriteAsync(sequences.Written);
            await writer.PublishAsync();
        }

        SequenceReader reader = await SequenceReader.OpenAsync(Blobs, "lines", default);
        List<long> read = [];
        while (reader.TryNext())
            read.Add(reader.Current);
        return read;
    }
}
