using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using BatchGateway.Tests.Support;
using BatchGateway.Tests.Wire;
using FsCheck;
using FsCheck.Fluent;

namespace BatchGateway.Tests.Lines;

public sealed class BatchRequestFileTests
{
    private TemporaryFolder _folder = null!;

    private string Target => _folder.PathOf("lines.jsonl");

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task WriteAsync_Lines_AreUtf8JsonlAndSaysWhatTheFileHas()
    {
        BatchRequestFile file = await BatchRequestFile.WriteAsync(
            Target, [BatchRequestLine.Chat("größe", "m", "Grüße\n\u2028🚀"), BatchRequestLine.Chat("b", "m", "x", system: "s")]);

        const string Written =
            """{"custom_id":"größe","method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[{"role":"user","content":"Grüße\n\u2028🚀"}]}}""" + "\n"
            + """{"custom_id":"b","method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[{"role":"system","content":"s"},{"role":"user","content":"x"}]}}""" + "\n";
        Assert.That(await File.ReadAllBytesAsync(Target), Is.EqualTo(Encoding.UTF8.GetBytes(Written)));
        Assert.That(file.Path, Is.EqualTo(Target));
        Assert.That(file.Endpoint, Is.EqualTo(BatchEndpoint.ChatCompletions));
        Assert.That(file.Model, Is.EqualTo("m"));
        Assert.That(file.FirstLineNumber, Is.EqualTo(1));
        Assert.That(file.LineCount, Is.EqualTo(2));
        Assert.That(file.Bytes, Is.EqualTo(new FileInfo(Target).Length));
        Assert.That(file.EstimatedTokens, Is.InRange(30, 60));
        Assert.That(_folder.Names, Is.EqualTo(new[] { "lines.jsonl" }));
    }

    [Test]
    public async Task WriteAsync_OwnItems_AreMappedOneByOne()
    {
        List<string> log = [];
        async IAsyncEnumerable<int> Items([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            for (int i = 1; i <= 2; i++)
            {
                log.Add($"item {i}");
                await Task.Yield();
                yield return i;
            }
        }

        await BatchRequestFile.WriteAsync(Target, BatchRequestLine.From(Items(), item =>
        {
            log.Add($"line {item}");
            return BatchRequestLine.Chat($"id-{item}", "m", "x");
        }));

        Assert.That(log, Is.EqualTo(new[] { "item 1", "line 1", "item 2", "line 2" }));
        Assert.That(await File.ReadAllTextAsync(Target), Does.Contain("id-1").And.Contain("id-2"));
    }

    [Test]
    public async Task WriteAsync_NoCustomIds_NumbersTheLinesAmongOthers()
    {
        await BatchRequestFile.WriteAsync(Target, new[] { null, "own", null, "request-9" }.Select(Chat));

        Assert.That(await IdsAsync(Target), Is.EqualTo(new[] { "request-1", "own", "request-3", "request-9" }));
    }

    [Test]
    public async Task WriteAsync_OwnIdThatANumberWouldHave_IsADuplicate()
    {
        BatchInputException? problem = await Assert.ThrowsAsync<BatchInputException>(
            () => BatchRequestFile.WriteAsync(Target, new[] { "request-3", "b", null }.Select(Chat)));

        Assert.That(problem!.Rule, Is.EqualTo(BatchErrorCode.DuplicateCustomId));
        Assert.That(problem.LineNumber, Is.EqualTo(3));
        Assert.That(problem.CustomId, Is.EqualTo("request-3"));
        Assert.That(problem.Message, Does.Contain("line 1"));
    }

    [Test]
    public async Task WriteAsync_NumberedLineWithAProblem_IsNamedByTheIdItWouldHave()
    {
        BatchInputException? tooMuch = await Assert.ThrowsAsync<BatchInputException>(
            () => BatchRequestFile.WriteAsync(Target, new string?[] { null, null }.Select(Chat), new BatchLimits { MaxLines = 1 }));
        BatchInputException? unwritable = await Assert.ThrowsAsync<BatchInputException>(() => BatchRequestFile.WriteAsync(Target, [Raw(null, "nonsense")]));

        Assert.That(tooMuch!.CustomId, Is.EqualTo("request-2"));
        Assert.That(unwritable!.CustomId, Is.EqualTo("request-1"));
    }

    [TestCase("{\n\"model\":\"m\"}", "line breaks")]
    [TestCase("{\r\"model\":\"m\"}", "line breaks")]
    [TestCase("{}}", "JSON")]
    [TestCase("{},\"x\":1,", "JSON")]
    [TestCase("{\"model\":", "JSON")]
    [TestCase("\"\uD83D\"", "no body")]
    [TestCase("nonsense", "JSON")]
    [TestCase("", "JSON")]
    public async Task WriteAsync_BodyWrittenByABadConverter_IsRefusedAndTheFileBeforeStays(string body, string says)
    {
        await File.WriteAllTextAsync(Target, "old");

        BatchInputException? problem = await Assert.ThrowsAsync<BatchInputException>(() => BatchRequestFile.WriteAsync(Target, [Chat("a"), Raw("b", body)]));

        Assert.That(problem!.Rule, Is.EqualTo(BatchErrorCode.InvalidJsonLine));
        Assert.That(problem.LineNumber, Is.EqualTo(2));
        Assert.That(problem.CustomId, Is.EqualTo("b"));
        Assert.That(problem.Message, Does.Contain(says));
        Assert.That(await File.ReadAllTextAsync(Target), Is.EqualTo("old"));
    }

    [Test]
    public async Task WriteAsync_BytesThatAreNoUtf8_AreRefused()
    {
        byte[] json = [.. "{\"custom_id\":\"a\",\"body\":{\"x\":\""u8, 0xC3, .. "\"}}"u8];

        Assert.That(
            () => BatchRequestFile.WriteAsync(Target, [BatchRequestLine.FromJson(json)]),
            Throws.TypeOf<BatchInputException>().With.Message.Contains("UTF-8").And.Property("LineNumber").EqualTo(1));
        await File.WriteAllBytesAsync(Target, json);
        Assert.That(
            () => BatchRequestFile.OpenAsync(Target),
            Throws.TypeOf<BatchInputException>().With.Message.Contains("UTF-8").And.Property("LineNumber").EqualTo(1).And.Property("CustomId").EqualTo("a"));
    }

    [Test]
    public async Task WriteAsync_LinesOfManyLengths_SurviveToTheByte()
    {
        // Around the size of a stretch of text, of what is written at once, and of the buffer.
        int[] lengths = [.. new[] { 0, 16 << 10, 32 << 10, 128 << 10, 256 << 10 }.SelectMany(size => Enumerable.Range(size - 100, 201)).Where(length => length >= 0)];
        string Text(int length) => new string(length % 7 == 0 ? 'ü' : 'x', length);

        BatchRequestFile file = await BatchRequestFile.WriteAsync(Target, lengths.Select(length => BatchRequestLine.Chat(null, "m", Text(length))));

        Assert.That(await TextsAsync(Target), Is.EqualTo(lengths.Select(Text)));
        Assert.That(file.Bytes, Is.EqualTo(new FileInfo(Target).Length));
        Assert.That((await BatchRequestFile.OpenAsync(Target)).LineCount, Is.EqualTo(lengths.Length));
    }

    [Test]
    public void WriteAsync_AnyIdsAndTexts_AreReadBack() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(ArbMap.Default.ArbFor<(string? Id, string? Text)[]>(), pairs => AssertReadBackAsync(pairs).GetAwaiter().GetResult()));

    [Test]
    public async Task WriteAsync_ItemsThatThrow_PassTheirExceptionOnAndAreDisposed()
    {
        bool isDisposed = false;
        async IAsyncEnumerable<BatchRequestLine> Lines()
        {
            try
            {
                yield return Chat("a");
                await Task.Yield();
                throw new TimeoutException("mine");
            }
            finally
            {
                isDisposed = true;
            }
        }

        Assert.That(() => BatchRequestFile.WriteAsync(Target, Lines()), Throws.TypeOf<TimeoutException>().With.Message.EqualTo("mine"));
        Assert.That(isDisposed, Is.True);
        Assert.That(_folder.Names, Is.Empty);
    }

    [Test]
    public async Task WriteAsync_BrokenLine_DisposesOfTheItems()
    {
        bool isDisposed = false;
        IEnumerable<BatchRequestLine> Lines()
        {
            try
            {
                yield return Chat("a");
                yield return Chat("a");
                yield return Chat("b");
            }
            finally
            {
                isDisposed = true;
            }
        }

        await Assert.ThrowsAsync<BatchInputException>(() => BatchRequestFile.WriteAsync(Target, Lines()));

        Assert.That(isDisposed, Is.True);
    }

    [Test]
    public async Task WriteAsync_Cancelled_StopsAtOnceAndRemovesTheFile([Values] bool isAsync, [Values] bool isSplit)
    {
        using CancellationTokenSource cancellation = new();
        int given = 0;
        IEnumerable<BatchRequestLine> Lines()
        {
            while (true)
            {
                if (++given == 5)
                    cancellation.Cancel();
                yield return Chat($"id-{given}");
            }
        }

        IAsyncEnumerable<BatchRequestLine> AsyncLines() => BatchRequestLine.From(Async(Lines()), line => line);
        BatchLimits limits = new() { MaxLines = isSplit ? 2 : null };
        Task writing = (isAsync, isSplit) switch
        {
            (false, false) => BatchRequestFile.WriteAsync(Target, Lines(), limits, cancellation.Token),
            (true, false) => BatchRequestFile.WriteAsync(Target, AsyncLines(), limits, cancellation.Token),
            (false, true) => BatchRequestFile.SplitAsync(_folder.PathOf(""), Lines(), limits, cancellation.Token),
            (true, true) => BatchRequestFile.SplitAsync(_folder.PathOf(""), AsyncLines(), limits, cancellation.Token),
        };

        await Assert.CatchAsync<OperationCanceledException>(() => writing);

        Assert.That(given, Is.EqualTo(5));
        Assert.That(_folder.Names, Is.Empty);
    }

    [Test]
    public async Task WriteAsync_Token_ReachesTheItems()
    {
        using CancellationTokenSource cancellation = new();
        async IAsyncEnumerable<BatchRequestLine> Lines([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            yield return Chat("a");
            Task forever = Task.Delay(Timeout.Infinite, cancellationToken);
            await cancellation.CancelAsync();
            await forever;
        }

        await Assert.CatchAsync<OperationCanceledException>(() => BatchRequestFile.WriteAsync(Target, Lines(), cancellationToken: cancellation.Token));

        Assert.That(_folder.Names, Is.Empty);
    }

    [Test]
    public void WriteAsync_FolderThatIsNotThere_ThrowsWhatTheSystemSays() => Assert.That(
        () => BatchRequestFile.WriteAsync(_folder.PathOf("no/such/folder.jsonl"), [Chat("a")]), Throws.TypeOf<DirectoryNotFoundException>());

    [Test]
    public void WriteAsync_TargetThatIsAFolder_LeavesNothing()
    {
        Directory.CreateDirectory(Target);

        Assert.That(() => BatchRequestFile.WriteAsync(Target, [Chat("a")]), Throws.InstanceOf<IOException>().Or.InstanceOf<UnauthorizedAccessException>());
        Assert.That(_folder.Names, Is.EqualTo(new[] { "lines.jsonl" }));
    }

    [Test]
    public void WriteAsync_Nothing_IsRefused()
    {
        Assert.That(() => BatchRequestFile.WriteAsync("", [Chat("a")]), Throws.ArgumentException);
        Assert.That(() => BatchRequestFile.WriteAsync(Target, (IEnumerable<BatchRequestLine>)null!), Throws.ArgumentNullException);
        Assert.That(() => BatchRequestFile.WriteAsync(Target, (IAsyncEnumerable<BatchRequestLine>)null!), Throws.ArgumentNullException);
        Assert.That(_folder.Names, Is.Empty);
    }

    [Test]
    public async Task WriteAsync_TheFileThatItReads_IsReplacedByItsLines()
    {
        _folder.Write("lines.jsonl", $"\uFEFF{BrokenInput.Good("a")}\r\n{BrokenInput.Good("b")}");

        await BatchRequestFile.WriteAsync(Target, BatchRequestFile.ReadLinesAsync(Target));

        Assert.That(await File.ReadAllTextAsync(Target), Is.EqualTo($"{BrokenInput.Good("a")}\n{BrokenInput.Good("b")}\n"));
    }

    [Test]
    public async Task WriteAsync_CustomIdsOf64KiB_AreWrittenWhenTheLimitIsRaised()
    {
        string[] ids = [.. "abc".Select(last => new string('ü', 64 << 10) + last)];
        BatchLimits limits = new() { MaxCustomIdLength = null };

        await BatchRequestFile.WriteAsync(Target, ids.Select(Chat), limits);

        Assert.That(await IdsAsync(Target), Is.EqualTo(ids));
        BatchInputException? duplicate = await Assert.ThrowsAsync<BatchInputException>(() => BatchRequestFile.WriteAsync(Target, ids.Append(ids[0]).Select(Chat), limits));
        Assert.That(duplicate!.CustomId, Is.EqualTo(ids[0]));
        Assert.That(duplicate.Message, Has.Length.LessThan(400));
        BatchInputException? tooLong = await Assert.ThrowsAsync<BatchInputException>(() => BatchRequestFile.WriteAsync(Target, ids.Select(Chat)));
        Assert.That(tooLong!.Rule, Is.EqualTo(BatchErrorCode.TextTooLong));
    }

    [Test]
    public async Task WriteAsync_ManyLines_AreNotHeldInMemory()
    {
        long peak = 0;
        IEnumerable<BatchRequestLine> Lines()
        {
            long before = GC.GetTotalMemory(forceFullCollection: true);
            for (int i = 0; i < 200_000; i++)
            {
                if (i % 20_000 == 19_999)
                    peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before);
                yield return BatchRequestLine.Chat(null, "m", "About a hundred characters of a prompt, so that a line has about two hundred bytes, as many have.");
            }
        }

        BatchRequestFile file = await BatchRequestFile.WriteAsync(Target, Lines());

        Assert.That(file.Bytes, Is.GreaterThan(30_000_000));
        Assert.That(peak, Is.LessThan(4_000_000));
    }

    [Test]
    public async Task OpenAsync_File_SaysWhatItHas([Values("\n", "\r\n")] string end, [Values] bool endsWithNewline)
    {
        string text = BrokenInput.Good("a") + end + BrokenInput.Good("b") + (endsWithNewline ? end : "");
        _folder.Write("lines.jsonl", text);

        BatchRequestFile file = await BatchRequestFile.OpenAsync(Target, BatchLimits.OpenAI);

        Assert.That(file.LineCount, Is.EqualTo(2));
        Assert.That(file.Bytes, Is.EqualTo(text.Length));
        Assert.That(file.FirstLineNumber, Is.EqualTo(1));
        Assert.That(file.Endpoint, Is.EqualTo(BatchEndpoint.ChatCompletions));
        Assert.That(file.Model, Is.EqualTo("m"));
        Assert.That(File.ReadAllText(Target), Is.EqualTo(text));
    }

    [TestCase("\uFEFF{0}\n{1}\n", 1, "byte order mark")]
    [TestCase("{0}\n\uFEFF{1}\n", 2, "byte order mark")]
    [TestCase("{0}\n\n{1}\n", 2, "blank")]
    [TestCase("{0}\n \t\r\n{1}\n", 2, "blank")]
    [TestCase("{0}\n{1}\n\n", 3, "blank")]
    [TestCase("{0}\n[{1}]\n", 2, "JSON object")]
    [TestCase("{0}\n{1} x\n", 2, "JSON")]
    [TestCase("{0}\n{1}\r{0}\n", 2, "JSON")]
    [TestCase("{0}\n{1}\0\n", 2, "JSON")]
    [TestCase("\n", 1, "blank")]
    [TestCase("\uFEFF", 1, "byte order mark")]
    public async Task OpenAsync_FileThatServersDoNotRead_IsRefusedWithTheLine(string form, long number, string says)
    {
        _folder.Write("lines.jsonl", form.Replace("{0}", BrokenInput.Good("a"), StringComparison.Ordinal).Replace("{1}", BrokenInput.Good("b"), StringComparison.Ordinal));

        BatchInputException? problem = await Assert.ThrowsAsync<BatchInputException>(() => BatchRequestFile.OpenAsync(Target));

        Assert.That(problem!.Rule, Is.EqualTo(BatchErrorCode.InvalidJsonLine));
        Assert.That(problem.LineNumber, Is.EqualTo(number));
        Assert.That(problem.Message, Does.Contain(says));
    }

    [Test]
    public async Task OpenAsync_Utf16_IsRefused()
    {
        await File.WriteAllTextAsync(Target, BrokenInput.Good("a"), Encoding.Unicode);

        Assert.That(() => BatchRequestFile.OpenAsync(Target), Throws.TypeOf<BatchInputException>().With.Property("LineNumber").EqualTo(1));
    }

    [Test]
    public void OpenAsync_NoFile_ThrowsWhatTheSystemSays() => Assert.That(() => BatchRequestFile.OpenAsync(Target), Throws.TypeOf<FileNotFoundException>());

    [Test]
    public async Task OpenAsync_RelativePath_IsKeptInFull()
    {
        _folder.Write("lines.jsonl", BrokenInput.Good("a"));

        BatchRequestFile file = await BatchRequestFile.OpenAsync(Path.GetRelativePath(Environment.CurrentDirectory, Target));

        Assert.That(file.Path, Is.EqualTo(Target));
    }

    [Test]
    public async Task OpenAsync_Cancelled_Stops()
    {
        _folder.Write("lines.jsonl", BrokenInput.Good("a"));

        await Assert.CatchAsync<OperationCanceledException>(() => BatchRequestFile.OpenAsync(Target, cancellationToken: new CancellationToken(true)));
    }

    [Test]
    public async Task ReadAsync_HugeLine_IsRefusedWithItsNumber()
    {
        await using (FileStream file = File.Create(Target))
        {
            await file.WriteAsync(Encoding.UTF8.GetBytes(BrokenInput.Good("a") + "\n"));
            file.SetLength((64 << 20) + 1_000);
        }

        foreach (Func<Task> way in new Func<Task>[]
        {
            () => BatchRequestFile.WriteAsync(_folder.PathOf("copy.jsonl"), BatchRequestFile.ReadLinesAsync(Target)),
            () => BatchRequestFile.OpenAsync(Target),
        })
        {
            BatchInputException? problem = await Assert.ThrowsAsync<BatchInputException>(way);
            Assert.That(problem!.LineNumber, Is.EqualTo(2));
            Assert.That(problem.Rule, Is.EqualTo(BatchErrorCode.FileTooLarge));
            Assert.That(problem.Message, Does.Contain("64 MiB"));
        }

        Assert.That(_folder.Names, Is.EqualTo(new[] { "lines.jsonl" }));
    }

    [Test]
    public async Task WriteAsync_LineThatNoReaderOfOursWouldTake_IsRefused()
    {
        BatchInputException? problem = await Assert.ThrowsAsync<BatchInputException>(
            () => BatchRequestFile.WriteAsync(Target, [Chat("a"), BatchRequestLine.Chat("b", "m", new string('x', 64 << 20))]));

        Assert.That(problem!.LineNumber, Is.EqualTo(2));
        Assert.That(problem.Rule, Is.EqualTo(BatchErrorCode.FileTooLarge));
    }

    private async Task AssertReadBackAsync((string? Id, string? Text)[] pairs)
    {
        // The number keeps the ids apart; only a text that is one can be an id.
        (string Id, string Text)[] lines = [.. pairs.Select((pair, i) => ($"{Readable(pair.Id)}#{i}", pair.Text ?? ""))];
        if (lines.Length == 0)
            return;

        await BatchRequestFile.WriteAsync(Target, lines.Select(line => BatchRequestLine.Chat(line.Id, "m", line.Text)));

        Assert.That(await IdsAsync(Target), Is.EqualTo(lines.Select(line => line.Id)));
        Assert.That(await TextsAsync(Target), Is.EqualTo(lines.Select(line => Readable(line.Text))));
        Assert.That((await BatchRequestFile.OpenAsync(Target)).LineCount, Is.EqualTo(lines.Length));
    }

    private static string Readable(string? text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? ""));

    private static async Task<string[]> IdsAsync(string path) =>
        [.. (await JsonAsync(path)).Select(line => line.GetProperty("custom_id").GetString()!)];

    private static async Task<string[]> TextsAsync(string path) =>
        [.. (await JsonAsync(path)).Select(line => line.GetProperty("body").GetProperty("messages")[0].GetProperty("content").GetString()!)];

    private static async Task<JsonElement[]> JsonAsync(string path) =>
        [.. (await File.ReadAllLinesAsync(path)).Select(line => JsonDocument.Parse(line).RootElement)];

    private static async IAsyncEnumerable<T> Async<T>(IEnumerable<T> items)
    {
        foreach (T item in items)
        {
            await Task.Yield();
            yield return item;
        }
    }

    private static BatchRequestLine Chat(string? customId) => BatchRequestLine.Chat(customId, "m", "x");

    private static BatchRequestLine Raw(string? customId, string body)
    {
        JsonSerializerOptions options = new() { TypeInfoResolver = new DefaultJsonTypeInfoResolver(), Converters = { new RawConverter() }, WriteIndented = true };
        return BatchRequestLine.Create(customId, BatchEndpoint.ChatCompletions, new RawBody(body), (JsonTypeInfo<RawBody>)options.GetTypeInfo(typeof(RawBody)));
    }

    private sealed record RawBody(string Text);

    private sealed class RawConverter : JsonConverter<RawBody>
    {
        public override RawBody Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, RawBody value, JsonSerializerOptions options) => writer.WriteRawValue(value.Text, skipInputValidation: true);
    }
}
