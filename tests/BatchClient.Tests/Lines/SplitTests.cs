using System.Text;
using BatchGateway.Tests.Support;
using BatchGateway.Tests.Wire;
using FsCheck;
using FsCheck.Fluent;

namespace BatchGateway.Tests.Lines;

/// <summary>Lines dealt out to files, and planned without any.</summary>
public sealed class SplitTests
{
    private static readonly Gen<long?> NoLimit = Gen.Constant<long?>(null);

    private static Arbitrary<Case> Cases => Arb.From(
        from sizes in Gen.Zip(Gen.Frequency((5, Gen.Choose(0, 20)), (1, Gen.Choose(0, 400))), Gen.Choose(1, 5)).ListOf()
        from minLines in Gen.Frequency((1, Gen.Constant(0)), (4, Gen.Choose(1, 6)))
        from maxLines in Gen.OneOf(NoLimit, Gen.Choose(Math.Max(minLines, 1), 12).Select(value => (long?)value))
        from spareBytes in Gen.OneOf(NoLimit, Gen.Choose(0, 1_000).Select(value => (long?)value))
        from maxInputs in Gen.OneOf(NoLimit, Gen.Choose(5, 30).Select(value => (long?)value))
        let lines = sizes.Select((size, i) => new Sized(Line(i, size.Item1, size.Item2), size.Item2)).ToArray()
        select new Case(lines, new BatchLimits
        {
            MinLines = minLines,
            MaxLines = maxLines,
            MaxBytes = lines.Length == 0 ? spareBytes : lines.Max(line => line.Bytes) + spareBytes,
            MaxEmbeddingInputs = maxInputs,
        }));

    [Test]
    public void SplitAsync_AnyLinesAndLimits_FillsFilesInOrderOrSaysThatItCannot() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1_000).WithEndSize(60), Prop.ForAll(Cases, test => AssertSplitAsync(test).GetAwaiter().GetResult()));

    [Test]
    public void Cases_Generated_AreSplitOftenAndMendedOftenAndImpossibleOften()
    {
        (int Files, bool IsMended)?[] outcomes = [.. Cases.Generator.Sample(1_000, size: 50).Where(test => test.Lines.Length > 0).Select(Outcome)];

        Assert.That(outcomes.Count(outcome => outcome is { Files: > 1 }), Is.GreaterThan(200));
        Assert.That(outcomes.Count(outcome => outcome is { IsMended: true }), Is.GreaterThan(50));
        Assert.That(outcomes.Count(outcome => outcome is null), Is.GreaterThan(50));
    }

    [Test]
    public async Task SplitAsync_LimitOfLinesOnly_IsImpossibleOnlyWhenItReallyIs([Range(1, 5)] int minLines, [Range(0, 4)] int more)
    {
        int maxLines = minLines + more;
        for (int count = 1; count <= 30; count++)
        {
            BatchPlan plan = await BatchPlan.MakeAsync(Enumerable.Repeat(0, count).Select(_ => Chat(null)), new BatchLimits { MinLines = minLines, MaxLines = maxLines });

            bool isPossible = Enumerable.Range(1, count).Any(files => files * minLines <= count && count <= files * maxLines);
            Assert.That(plan.Problems.Select(problem => problem.Rule.ToString()), Is.EqualTo(isPossible ? [] : new[] { "too_few_tasks" }), $"{count} lines");
            Assert.That(plan.LineCount, Is.EqualTo(count));
        }
    }

    [Test]
    public async Task SplitAsync_SmallFileInTheMiddle_GetsLinesOfTheOneBefore()
    {
        // The large line begins the second file, and the third one is large enough by itself.
        using TemporaryFolder folder = new();
        int[] lengths = [10, 10, 10, 400, 400, 10, 10];
        BatchLimits limits = new() { MinLines = 2, MaxBytes = 850 };

        IReadOnlyList<BatchRequestFile> files = await BatchRequestFile.SplitAsync(folder.PathOf(""), lengths.Select(length => BatchRequestLine.Chat(null, "m", new string('x', length))), limits);

        Assert.That(files.Select(file => file.LineCount), Is.EqualTo(new[] { 2, 2, 3 }));
        Assert.That(files.Select(file => file.FirstLineNumber), Is.EqualTo(new[] { 1, 3, 5 }));
        foreach (BatchRequestFile file in files)
            Assert.That((await BatchRequestFile.OpenAsync(file.Path, limits)).LineCount, Is.EqualTo(file.LineCount));
    }

    [Test]
    public async Task SplitAsync_Numbered_NumbersOverAllFiles()
    {
        using TemporaryFolder folder = new();

        IReadOnlyList<BatchRequestFile> files = await BatchRequestFile.SplitAsync(
            folder.PathOf("new/folder"), new[] { null, null, "own", null, null }.Select(Chat), new BatchLimits { MaxLines = 2 });

        Assert.That(files.Select(file => Path.GetFileName(file.Path)), Is.EqualTo(new[] { "requests-00001.jsonl", "requests-00002.jsonl", "requests-00003.jsonl" }));
        Assert.That(
            files.Select(file => string.Join(' ', File.ReadAllLines(file.Path).Select(line => line.Split('"')[3]))),
            Is.EqualTo(new[] { "request-1 request-2", "own request-4", "request-5" }));
    }

    [Test]
    public async Task SplitAsync_DuplicateInAnotherFile_IsRefusedAndNothingIsLeft()
    {
        using TemporaryFolder folder = new();
        folder.Write("requests-00001.jsonl", "old");

        BatchInputException? problem = await Assert.ThrowsAsync<BatchInputException>(
            () => BatchRequestFile.SplitAsync(folder.PathOf(""), new[] { "a", "b", "c", "request-9", null, "a" }.Select(Chat), new BatchLimits { MaxLines = 2 }));

        Assert.That(problem!.Message, Does.StartWith("Line 6 ('a') has the custom id of line 1:"));
        Assert.That(folder.Names, Is.EqualTo(new[] { "requests-00001.jsonl" }));
        Assert.That(File.ReadAllText(folder.PathOf("requests-00001.jsonl")), Is.EqualTo("old"));
    }

    [Test]
    public async Task SplitAsync_FolderWithAnEarlierSplit_ReplacesTheNamesItNeedsAndLeavesTheRest()
    {
        using TemporaryFolder folder = new();
        BatchLimits limits = new() { MaxLines = 1 };
        await BatchRequestFile.SplitAsync(folder.PathOf(""), new[] { "a", "b", "c" }.Select(Chat), limits);

        IReadOnlyList<BatchRequestFile> files = await BatchRequestFile.SplitAsync(folder.PathOf(""), new[] { "d", "e" }.Select(Chat), limits);

        Assert.That(files.Select(file => File.ReadAllText(file.Path).Split('"')[3]), Is.EqualTo(new[] { "d", "e" }));
        Assert.That(folder.Names, Has.Count.EqualTo(3));
    }

    [Test]
    [Platform("Linux")]
    public async Task SplitAsync_MoreFilesThanAProcessMayOpen_HasOneOpen()
    {
        using TemporaryFolder folder = new();
        List<int> open = [];
        BatchRequestLine Line(int number)
        {
            if (number % 100 == 0)
                open.Add(Directory.EnumerateFiles("/proc/self/fd").Count(fd => LeadsInto(folder, fd)));
            return Chat(null);
        }

        IReadOnlyList<BatchRequestFile> files = await BatchRequestFile.SplitAsync(
            folder.PathOf(""), Enumerable.Range(0, 1_500).Select(Line), new BatchLimits { MaxLines = 1 });

        Assert.That(files, Has.Count.EqualTo(1_500));
        Assert.That(folder.Names, Has.Count.EqualTo(1_500));
        Assert.That(open, Is.EqualTo(Enumerable.Repeat(1, 14).Prepend(0)));
    }

    [Test]
    public async Task SplitAsync_InputsOfOtherEndpoints_AreNoTextsToEmbed()
    {
        using TemporaryFolder folder = new();
        string[] lines =
        [
            .. Enumerable.Range(0, 4).Select(i => BrokenInput.Good($"id-{i}", "/v1/responses", """{"model":"m","input":[{"role":"user","content":"a"},{"role":"user","content":"b"}]}""")),
        ];

        IReadOnlyList<BatchRequestFile> files = await BatchRequestFile.SplitAsync(folder.PathOf(""), lines.Select(Json), new BatchLimits { MaxEmbeddingInputs = 2 });

        Assert.That(files, Has.Count.EqualTo(1));
    }

    [TestCase("""["a","b","c"]""", 3)]
    [TestCase("\"a\"", 1)]
    [TestCase("[1,2,3]", 1)]
    [TestCase("[[1,2],[3]]", 2)]
    [TestCase("[]", 0)]
    [TestCase("null", 0)]
    public async Task MakeAsync_Embeddings_CountsTheTexts(string input, int count)
    {
        string line = BrokenInput.Good("a", "\\/v1\\/embeddings", $$"""{"input":{{input}},"model":"m"}""");

        BatchPlan enough = await BatchPlan.MakeAsync([Json(line)], new BatchLimits { MaxEmbeddingInputs = count });
        Assert.That(enough.Problems, Is.Empty);
        if (count == 0)
            return;

        BatchPlan tooFew = await BatchPlan.MakeAsync([Json(line)], new BatchLimits { MaxEmbeddingInputs = count - 1 });
        Assert.That(tooFew.Problems.Single().Rule, Is.EqualTo(BatchErrorCode.TooManyTasks));
    }

    [Test]
    public async Task SplitAsync_EmbeddingsByOpenAI_AreAtMost50000TextsAFile()
    {
        using TemporaryFolder folder = new();
        EmbeddingsRequest thousand = new() { Model = "m", Input = [.. Enumerable.Repeat("x", 1_000)] };

        IReadOnlyList<BatchRequestFile> files = await BatchRequestFile.SplitAsync(
            folder.PathOf(""), Enumerable.Range(0, 120).Select(_ => BatchRequestLine.Embeddings(null, thousand)), BatchLimits.OpenAI);

        Assert.That(files.Select(file => file.LineCount), Is.EqualTo(new[] { 50, 50, 20 }));
        Assert.That(files.Select(file => file.FirstLineNumber), Is.EqualTo(new[] { 1, 51, 101 }));
    }

    private static async Task AssertSplitAsync(Case test)
    {
        using TemporaryFolder folder = new();
        BatchPlan plan = await BatchPlan.MakeAsync(test.Requests, test.Limits);
        IReadOnlyList<BatchRequestFile> files;
        try
        {
            files = await BatchRequestFile.SplitAsync(folder.PathOf(""), test.Requests, test.Limits);
        }
        catch (BatchInputException problem)
        {
            AssertImpossible(test, problem);
            Assert.That(folder.Names, Is.Empty);
            Assert.That(plan.Problems.Single().Message, Is.EqualTo(problem.Message.Replace("No file was written.", "Nothing was sent.")));
            Assert.That(plan.LineCount, Is.EqualTo(test.Lines.Length));
            Assert.That(plan.Bytes, Is.EqualTo(test.Lines.Sum(line => line.Bytes)));
            return;
        }

        AssertFiles(test, files);
        Assert.That(folder.Names, Has.Count.EqualTo(files.Count));
        Assert.That(plan.Problems, Is.Empty);
        Assert.That(
            plan.Batches.Select(batch => (batch.FirstLineNumber, batch.LineCount, batch.Bytes, batch.EstimatedTokens)),
            Is.EqualTo(files.Select(file => (file.FirstLineNumber, file.LineCount, file.Bytes, file.EstimatedTokens))));
    }

    private static void AssertImpossible(Case test, BatchInputException problem)
    {
        if (test.Lines.Length == 0)
        {
            Assert.That(problem.Rule, Is.EqualTo(BatchErrorCode.EmptyFile));
            return;
        }

        Assert.That(problem.Rule.ToString(), Is.EqualTo("too_few_tasks"), problem.Message);
        Assert.That(Outcome(test), Is.Null, "it could have been mended");
    }

    private static void AssertFiles(Case test, IReadOnlyList<BatchRequestFile> files)
    {
        int next = 0;
        foreach (BatchRequestFile file in files)
        {
            Sized[] lines = test.Lines[next..(next + (int)file.LineCount)];
            Assert.That(File.ReadAllText(file.Path), Is.EqualTo(string.Concat(lines.Select(line => line.Json + "\n"))));
            Assert.That(file.FirstLineNumber, Is.EqualTo(next + 1));
            Assert.That(file.Bytes, Is.EqualTo(new FileInfo(file.Path).Length));
            Assert.That(file.LineCount, Is.GreaterThanOrEqualTo(test.Limits.MinLines));
            Assert.That(Fits(lines, test.Limits), Is.True);
            next += lines.Length;
        }

        Assert.That(next, Is.EqualTo(test.Lines.Length));
    }

    /// <summary>What a plain reading of the rules gives: files as full as can be, then as few lines as needed from the file before.</summary>
    private static (int Files, bool IsMended)? Outcome(Case test)
    {
        List<List<Sized>> files = [[]];
        foreach (Sized line in test.Lines)
        {
            if (!Fits([.. files[^1], line], test.Limits))
                files.Add([]);
            files[^1].Add(line);
        }

        bool isMended = false;
        for (int file = files.Count - 1; file >= 0; file--)
        {
            while (files[file].Count < test.Limits.MinLines)
            {
                if (file == 0 || files[file - 1].Count == 0)
                    return null;
                files[file].Insert(0, files[file - 1][^1]);
                files[file - 1].RemoveAt(files[file - 1].Count - 1);
                isMended = true;
            }

            if (!Fits(files[file], test.Limits))
                return null;
        }

        return (files.Count, isMended);
    }

    private static bool Fits(IReadOnlyCollection<Sized> lines, BatchLimits limits) => !(
        lines.Count > limits.MaxLines
        || lines.Sum(line => line.Bytes) > limits.MaxBytes
        || lines.Sum(line => (long)line.Inputs) > limits.MaxEmbeddingInputs);

    private static bool LeadsInto(TemporaryFolder folder, string descriptor)
    {
        try
        {
            return File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.FullName.Contains(folder.PathOf(""), StringComparison.Ordinal) == true;
        }
        catch (IOException)
        {
            // Closed by another test since the folder was read: it was none of ours, which are opened and closed by this very thread's work.
            return false;
        }
    }

    private static string Line(int number, int length, int inputs) => BrokenInput.Good(
        $"id-{number}", "/v1/embeddings", $$"""{"model":"m","text":"{{new string('x', length)}}","input":[{{string.Join(',', Enumerable.Repeat("\"\"", inputs))}}]}""");

    private static BatchRequestLine Chat(string? customId) => BatchRequestLine.Chat(customId, "m", "x");

    private static BatchRequestLine Json(string json) => BatchRequestLine.FromJson(Encoding.UTF8.GetBytes(json));

    private sealed record Sized(string Json, int Inputs)
    {
        public long Bytes => Json.Length + 1;
    }

    private sealed record Case(Sized[] Lines, BatchLimits Limits)
    {
        public IEnumerable<BatchRequestLine> Requests => Lines.Select(line => SplitTests.Json(line.Json));

        public override string ToString() => $"{Limits}: {string.Join(", ", Lines.Select(line => $"{line.Bytes} bytes {line.Inputs} inputs"))}";
    }
}
