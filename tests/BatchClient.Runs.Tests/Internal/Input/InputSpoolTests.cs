using System.Security.Cryptography;
using System.Text;
using BatchGateway.Internal.Lines;
using BatchGateway.Runs.Internal;
using BatchGateway.Runs.Tests.Support;

namespace BatchGateway.Runs.Tests.Internal.Input;

public sealed class InputSpoolTests : BlobTests
{
    private InputSpool Spool => new(Blobs);

    [Test]
    public async Task Write_LinesForSeveralShards_AreInTheirBlobsInOrder()
    {
        SpooledInput input = await Spool.WriteAsync(InputLines.Some(250, size: 3_000).ToAsync(), new BatchLimits { MaxLines = 100 });

        (string, long, int)[] expected = [("shard/1", 100, 1), ("shard/2", 100, 1), ("shard/3", 50, 1)];
        Assert.That(input.Shards.Select(shard => (shard.Blob, shard.Lines, shard.Attempt)), Is.EqualTo(expected));
        Assert.That(input.Endpoint, Is.EqualTo(BatchEndpoint.ChatCompletions));
        Assert.That(input.Model, Is.EqualTo("gpt-4o-mini"));
        string[] written = [await TextAsync("shard/1"), await TextAsync("shard/2"), await TextAsync("shard/3")];
        Assert.That(string.Concat(written), Is.EqualTo(await ExpectedAsync(InputLines.Some(250, size: 3_000))));
        Assert.That(input.Shards.Select(shard => shard.Bytes), Is.EqualTo(written.Select(text => (long)Encoding.UTF8.GetByteCount(text))));
        Assert.That(input.Shards.Select(shard => shard.Tokens), Is.All.InRange(50 * 3_000 / 4, 100 * 3_200 / 4));
    }

    [Test]
    public async Task Write_Lines_AreSealedWithTheSha256OfTheirBytes()
    {
        SpooledInput input = await Spool.WriteAsync(InputLines.Some(250, size: 3_000).ToAsync(), new BatchLimits { MaxLines = 7 });

        byte[] bytes = Encoding.UTF8.GetBytes(await ExpectedAsync(InputLines.Some(250, size: 3_000)));
        Assert.That(input.Seal, Is.EqualTo(new InputSeal(Convert.ToHexString(SHA256.HashData(bytes)), 250, bytes.Length)));
    }

    [Test]
    public async Task Write_Lines_AreWrittenOnce()
    {
        SpooledInput input = await Spool.WriteAsync(InputLines.Some(250, size: 3_000).ToAsync(), new BatchLimits { MaxLines = 100 });

        Assert.That(Blobs.BytesWritten, Is.EqualTo(input.Seal.Bytes));
    }

    [Test]
    public async Task Write_SpooledInput_IsTakenByTheStore()
    {
        IReadOnlyList<ShardRow> shards = await SpoolAsync(InputLines.Some(25), new BatchLimits { MaxLines = 10 });

        (int, long?, string)[] expected = [(1, 0, "shard/1"), (2, 10, "shard/2"), (3, 20, "shard/3")];
        Assert.That(shards.Select(shard => (shard.Number, shard.FirstLine, shard.Blob)), Is.EqualTo(expected));
    }

    [Test]
    public async Task Write_WhatAnEarlierTryLeft_IsGone()
    {
        await PublishAsync("shard/1", "a line of another try");
        await PublishAsync("shard/9", "a line of another try");

        await Spool.WriteAsync(InputLines.Some(3).ToAsync(), new BatchLimits());

        Assert.That(await TextAsync("shard/1"), Is.EqualTo(await ExpectedAsync(InputLines.Some(3))));
        Assert.That(await Blobs.ExistsAsync("shard/9", default), Is.False);
    }

    [Test]
    public async Task Write_LinesWithoutIds_AreNumberedOverAllShards()
    {
        IEnumerable<BatchRequestLine> lines = Enumerable.Range(0, 3).Select(_ => BatchRequestLine.Chat(null, "m", "hello"));

        IReadOnlyList<ShardRow> shards = await SpoolAsync(lines, new BatchLimits { MaxLines = 2 });

        Assert.That(await IdsAsync(shards[1]), Is.EqualTo(new[] { "request-3" }));
    }

    [Test]
    public async Task Write_LinesOfAFile_AreTheSameInput()
    {
        await BatchRequestFile.WriteAsync(Folder["input.jsonl"], InputLines.Some(20));

        SpooledInput ofFile = await Spool.WriteAsync(BatchRequestFile.ReadLinesAsync(Folder["input.jsonl"]), new BatchLimits());

        Assert.That(ofFile.Seal, Is.EqualTo(await HashAsync(InputLines.Some(20), new BatchLimits())));
    }

    [Test]
    public async Task Write_NoLines_IsRefused()
    {
        BatchInputException refused = await RefusedAsync(InputLines.Some(0), new BatchLimits());

        Assert.That(refused.Rule, Is.EqualTo(BatchErrorCode.EmptyFile));
        Assert.That(refused.Message, Does.EndWith("Nothing was sent."));
    }

    [Test]
    public async Task Write_LimitsThatNoLinesKeep_AreRefusedBeforeALineIsRead()
    {
        IAsyncEnumerable<BatchRequestLine> lines = InputLines.Some(0).ThenFail(new InvalidOperationException("read"));

        await Assert.ThrowsAsync<ArgumentException>(() => Spool.WriteAsync(lines, new BatchLimits { MaxLines = 0 }));
    }

    [TestCaseSource(nameof(BadLines))]
    public async Task Write_BadLine_IsNamedAndNothingIsLeft(string rule, string? id, BatchRequestLine? bad, BatchLimits limits)
    {
        BatchRequestLine[] lines = [.. InputLines.Some(40, size: 3_000), InputLines.Some(1, from: 99).Single(), bad!];

        BatchInputException refused = await RefusedAsync(lines, limits with { MaxLines = 10 });

        Assert.That((refused.Rule, refused.LineNumber, refused.CustomId), Is.EqualTo((new BatchErrorCode(rule), 42L, id)));
        Assert.That(refused.Message, Does.StartWith("Line 42").And.EndWith("Nothing was sent."));
        Assert.That(Folder.Files, Is.Empty);
        refused = (await Assert.ThrowsAsync<BatchInputException>(() => HashAsync(lines, limits)))!;
        Assert.That((refused.Rule, refused.LineNumber), Is.EqualTo((new BatchErrorCode(rule), 42L)), "given again");
    }

    [TestCase(0, 50, 7)]
    [TestCase(6, 7, 7)]
    [TestCase(48, 49, 7)]
    [TestCase(0, 99, null)]
    [TestCase(41, 99, 7)]
    public async Task Write_CustomIdOfAnEarlierLine_IsFoundInWhicheverShard(int first, int second, int? maxLines)
    {
        List<BatchRequestLine> lines = [.. InputLines.Some(100)];
        lines[second] = InputLines.Line($"id-{first}", "another text");

        BatchInputException refused = await RefusedAsync(lines, new BatchLimits { MaxLines = maxLines });

        Assert.That(refused.Rule, Is.EqualTo(BatchErrorCode.DuplicateCustomId));
        Assert.That((refused.LineNumber, refused.CustomId), Is.EqualTo((second + 1L, $"id-{first}")));
        Assert.That(refused.Message, Does.Contain($"has the custom id of line {first + 1}:"));
        Assert.That(Folder.Files, Is.Empty);
    }

    [Test]
    public async Task Write_CustomIdThatIsTheSameWithEscapes_IsFound()
    {
        BatchRequestLine[] lines = [InputLines.Json("""{"custom_id":"ab","body":{}}"""), InputLines.Json("""{"custom_id":"a\u0062","body":{}}""")];

        BatchInputException refused = await RefusedAsync(lines, new BatchLimits { MaxLines = 1 });

        Assert.That((refused.Rule, refused.LineNumber, refused.CustomId), Is.EqualTo((BatchErrorCode.DuplicateCustomId, 2L, "ab")));
    }

    [Test]
    public async Task Write_EqualHashesOfDifferentIds_AreNoDuplicates([Values(null, 7)] int? maxLines)
    {
        InputSpool spool = new(Blobs) { NewIds = () => new CustomIdSet(isFinal: false, default, default) };

        SpooledInput input = await spool.WriteAsync(InputLines.Some(100).ToAsync(), new BatchLimits { MaxLines = maxLines });

        Assert.That(input.Seal, Is.EqualTo(await HashAsync(InputLines.Some(100), new BatchLimits())));
    }

    [TestCase(45, 10, 20, new long[] { 20, 15, 10 })]
    [TestCase(9, 3, 4, new long[] { 3, 3, 3 })]
    [TestCase(40, 10, 20, new long[] { 20, 20 })]
    public async Task Write_LastShardTooSmallForTheProvider_GetsLinesOfTheOneBefore(int count, int fewest, int most, long[] expected)
    {
        BatchLimits limits = new() { MinLines = fewest, MaxLines = most };

        SpooledInput input = await Spool.WriteAsync(InputLines.Some(count, size: 9_000).ToAsync(), limits);

        string[] written = [.. await Task.WhenAll(input.Shards.Select(shard => TextAsync(shard.Blob)))];
        Assert.That(input.Shards.Select(shard => shard.Lines), Is.EqualTo(expected));
        Assert.That(written.Select(text => (long)text.Count('\n')), Is.EqualTo(expected));
        Assert.That(written.Select(text => (long)text.Length), Is.EqualTo(input.Shards.Select(shard => shard.Bytes)));
        Assert.That(string.Concat(written), Is.EqualTo(await ExpectedAsync(InputLines.Some(count, size: 9_000))));
    }

    [Test]
    public async Task Write_TooFewLinesForTheProvider_IsRefused()
    {
        BatchInputException refused = await RefusedAsync(InputLines.Some(99), BatchLimits.Bedrock);

        Assert.That(refused.Rule, Is.EqualTo(BatchErrorCode.TooFewTasks));
        Assert.That(Folder.Files, Is.Empty);
    }

    [Test]
    public async Task Write_SourceThatFails_LeavesNothing()
    {
        InvalidOperationException failure = new("the database is gone");

        Exception? thrown = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Spool.WriteAsync(InputLines.Some(90, size: 9_000).ThenFail(failure), new BatchLimits { MaxLines = 20 }));

        Assert.That(thrown, Is.SameAs(failure));
        Assert.That(Folder.Files, Is.Empty);
    }

    [Test]
    public async Task Write_Cancelled_LeavesNothing()
    {
        using CancellationTokenSource cancellation = new();
        IEnumerable<BatchRequestLine> lines = InputLines.Some(90, size: 9_000).Select((line, index) =>
        {
            if (index == 50)
                cancellation.Cancel();
            return line;
        });

        await Assert.CatchAsync<OperationCanceledException>(
            () => Spool.WriteAsync(lines.ToAsync(), new BatchLimits { MaxLines = 20 }, cancellation.Token));

        Assert.That(Folder.Files, Is.Empty);
    }

    [Test]
    public async Task Write_FullDisk_IsToldAndNothingIsLeft([Values(1, 200_000, 700_000)] long room)
    {
        Blobs.FailsAfter = room;

        await Assert.ThrowsAsync<IOException>(() => Spool.WriteAsync(InputLines.Some(90, size: 9_000).ToAsync(), new BatchLimits { MaxLines = 20 }));

        Assert.That(Folder.Files, Is.Empty);
    }

    [TestCase("shard/1")]
    [TestCase("shard/5")]
    public async Task Write_ShardThatCannotBePublished_IsToldAndNothingIsLeft(string blob)
    {
        Blobs.FailsToPublish = blob;

        await Assert.ThrowsAsync<IOException>(() => Spool.WriteAsync(InputLines.Some(90, size: 9_000).ToAsync(), new BatchLimits { MaxLines = 20 }));

        Assert.That(Folder.Files, Is.Empty);
    }

    [Test]
    public async Task Compare_SameLines_IsTheSealAndNothingIsWritten()
    {
        InputSeal seal = (await Spool.WriteAsync(InputLines.Some(250, size: 3_000).ToAsync(), new BatchLimits { MaxLines = 100 })).Seal;
        long written = Blobs.BytesWritten;

        InputSeal again = await HashAsync(InputLines.Some(250, size: 3_000), new BatchLimits { MaxLines = 7 });

        Assert.That(again, Is.EqualTo(seal));
        Assert.That(Blobs.BytesWritten, Is.EqualTo(written));
    }

    [Test]
    public async Task Compare_OtherLines_IsAnother()
    {
        string hash = (await HashAsync(InputLines.Some(20), new BatchLimits())).Hash;

        Assert.That((await HashAsync(InputLines.Some(20).Reverse(), new BatchLimits())).Hash, Is.Not.EqualTo(hash), "another order");
        Assert.That((await HashAsync(InputLines.Some(21), new BatchLimits())).Hash, Is.Not.EqualTo(hash), "one more");
        Assert.That((await HashAsync(InputLines.Some(20, size: 21), new BatchLimits())).Hash, Is.Not.EqualTo(hash), "longer ones");
    }

    [Test]
    public async Task Compare_SameLinesInOtherShards_HaveNoDifference()
    {
        IReadOnlyList<ShardRow> shards = await SpoolAsync(InputLines.Some(250, size: 3_000), new BatchLimits { MaxLines = 100 });

        Assert.That((await CompareAsync(InputLines.Some(250, size: 3_000), shards)).FirstDifference, Is.Null);
    }

    [TestCase(0)]
    [TestCase(9)]
    [TestCase(10)]
    [TestCase(24)]
    public async Task Compare_ChangedLine_IsItsNumber(int changed)
    {
        IReadOnlyList<ShardRow> shards = await SpoolAsync(InputLines.Some(25), new BatchLimits { MaxLines = 10 });
        BatchRequestLine[] given = [.. InputLines.Some(25)];
        given[changed] = InputLines.Line($"id-{changed}", "another text");

        InputComparison compared = await CompareAsync(given, shards);

        Assert.That((compared.FirstDifference, compared.Given.Lines), Is.EqualTo((changed + 1, 25)), "the rest is counted all the same");
    }

    [TestCase(24, 25)]
    [TestCase(20, 21)]
    [TestCase(26, 26)]
    public async Task Compare_FewerOrMoreLines_IsTheFirstThatOnlyOneHas(int given, int expected)
    {
        IReadOnlyList<ShardRow> shards = await SpoolAsync(InputLines.Some(25), new BatchLimits { MaxLines = 10 });

        InputComparison compared = await CompareAsync(InputLines.Some(given), shards);

        Assert.That((compared.FirstDifference, compared.Given.Lines), Is.EqualTo((expected, given)));
    }

    private static IEnumerable<TestCaseData> BadLines()
    {
        BatchRequestLine embeddings = BatchRequestLine.Embeddings("x", new EmbeddingsRequest { Model = "gpt-4o-mini", Input = ["a"] });
        yield return Bad("null", "invalid_json_line", null, null);
        yield return Bad("broken JSON", "invalid_json_line", "x", InputLines.Json("""{"custom_id":"x","body":"""));
        yield return Bad("no id", "missing_required_parameter", null, InputLines.Json("""{"body":{}}"""));
        yield return Bad("another endpoint", "url_mismatch", "x", embeddings);
        yield return Bad("another model", "mismatched_model", "x", BatchRequestLine.Chat("x", "gpt-5", "hello"));
        yield return Bad("too long", "file_too_large", "x", InputLines.Line("x", new string('x', 9_000)), new BatchLimits { MaxLineBytes = 9_000 });
        yield return Bad("no room", "file_too_large", "x", InputLines.Line("x", new string('x', 900_000)), new BatchLimits { MaxBytes = 800_000 });
    }

    private static TestCaseData Bad(string name, string rule, string? id, BatchRequestLine? line, BatchLimits? limits = null) =>
        new TestCaseData(rule, id, line, limits ?? new BatchLimits()).SetArgDisplayNames(name);

    private async Task<BatchInputException> RefusedAsync(IEnumerable<BatchRequestLine> lines, BatchLimits limits) =>
        (await Assert.ThrowsAsync<BatchInputException>(() => Spool.WriteAsync(lines.ToAsync(), limits)))!;

    private Task<InputComparison> CompareAsync(IEnumerable<BatchRequestLine> lines, IReadOnlyList<ShardRow> shards) =>
        Spool.CompareAsync(lines.ToAsync(), new BatchLimits(), shards);

    private async Task<InputSeal> HashAsync(IEnumerable<BatchRequestLine> lines, BatchLimits limits) =>
        (await Spool.CompareAsync(lines.ToAsync(), limits, [])).Given;

    private async Task<string> ExpectedAsync(IEnumerable<BatchRequestLine> lines)
    {
        await BatchRequestFile.WriteAsync(Folder["expected.jsonl"], lines);
        string text = await File.ReadAllTextAsync(Folder["expected.jsonl"]);
        File.Delete(Folder["expected.jsonl"]);
        return text;
    }

    private async Task<string[]> IdsAsync(ShardRow shard)
    {
        List<string> ids = [];
        await foreach (ShardLine line in ShardLines.ReadAsync(Blobs, shard))
            ids.Add(Encoding.UTF8.GetString(line.CustomId.Span));
        return [.. ids];
    }
}
