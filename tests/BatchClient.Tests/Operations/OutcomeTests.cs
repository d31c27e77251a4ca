using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using BatchGateway.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace BatchGateway.Tests.Operations;

public sealed partial class OutcomeTests
{
    private static readonly string[] Items = ["a", "b", "c"];

    [Test]
    public async Task ReadResultsAsync_BeforeTheEnd_IsInvalidAndSaysToWait()
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets(ScriptedGateway.Batch("in_progress"));

        InvalidOperationException? exception = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await ResultsAsync(gateway.Client().Attach("batch_1")));

        Assert.That(exception!.Message, Does.Contain("in_progress").And.Contain("WaitAsync"));
    }

    [Test]
    public async Task ReadResultsAsync_BothFiles_GivesTheLinesOfBoth()
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets(Ended("completed", "out", "err"))
            .Content("out", Answered("a", "A") + Answered("b", "B"))
            .Content("err", NeverRan("c", "batch_expired"));

        List<BatchResultLine> lines = await ResultsAsync(gateway.Client().Attach("batch_1"));

        Assert.That(lines.Select(line => (line.CustomId, line.Kind, line.ChatText)), Is.EqualTo(new (string?, BatchOutcomeKind, string?)[]
        {
            ("a", BatchOutcomeKind.Succeeded, "A"), ("b", BatchOutcomeKind.Succeeded, "B"), ("c", BatchOutcomeKind.Expired, null),
        }));
    }

    [TestCase("completed")]
    [TestCase("failed")]
    [TestCase("expired")]
    [TestCase("cancelled")]
    public async Task ReadResultsAsync_OnlyAnErrorFile_IsReadInEveryTerminalState(string status)
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets(Ended(status, null, "err")).Content("err", NeverRan("a", "request_timeout"));

        List<BatchResultLine> lines = await ResultsAsync(gateway.Client().Attach("batch_1"));

        Assert.That(lines.Single().Error!.Code, Is.EqualTo(BatchErrorCode.RequestTimeout));
    }

    [Test]
    public async Task ReadResultsAsync_ErrorFileIdEqualsOutputFileId_IsReadOnce()
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets(Ended("completed", "folder", "folder")).Content("folder", Answered("a", "A"));

        Assert.That(await ResultsAsync(gateway.Client().Attach("batch_1")), Has.Count.EqualTo(1));
        Assert.That(gateway.Downloads, Is.EqualTo(new[] { "folder" }));
    }

    [Test]
    public async Task ReadOutcomesAsync_EveryItem_HasExactlyOneOutcome()
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets(Ended("completed", "out", "err"))
            .Content("out", Answered("b", "B") + Answered("stranger", "?"))
            .Content("err", NeverRan("c", "batch_cancelled"));

        List<BatchOutcome<string, string?>> outcomes = await OutcomesAsync(gateway);

        Assert.That(outcomes.Select(outcome => (outcome.Item, outcome.Kind)), Is.EqualTo(new[]
        {
            ("b", BatchOutcomeKind.Succeeded), ("c", BatchOutcomeKind.Cancelled), ("a", BatchOutcomeKind.Missing),
        }));
        Assert.That(outcomes[2].Error!.Message, Does.Contain("neither of its result files"));
    }

    [Test]
    public async Task ReadOutcomesAsync_FirstSuccessWins_OverFailuresBeforeAndSuccessesAfter()
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets(Ended("completed", "out", "err"))
            .Content("out", Failed("a", 500) + Answered("a", "first") + Answered("a", "second") + Answered("b", "B"))
            .Content("err", NeverRan("c", "x") + Answered("c", "late"));

        List<BatchOutcome<string, string?>> outcomes = await OutcomesAsync(gateway);

        Assert.That(outcomes.Select(outcome => (outcome.Item, outcome.Result)), Is.EqualTo(new (string, string?)[] { ("a", "first"), ("b", "B"), ("c", "late") }));
    }

    [Test]
    public async Task ReadOutcomesAsync_LinesAreMissing_ConcludesItFromTwoGetsAMinuteApart()
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets(Ended("completed", "out", null)).Content("out", Answered("a", "A"));

        List<BatchOutcome<string, string?>> outcomes = await OutcomesAsync(gateway);

        Assert.That(outcomes.Count(outcome => outcome.Kind == BatchOutcomeKind.Missing), Is.EqualTo(2));
        Assert.That(gateway.GetTimes, Has.Count.EqualTo(2));
        Assert.That(gateway.GetTimes[1] - gateway.GetTimes[0], Is.GreaterThanOrEqualTo(TimeSpan.FromMinutes(1)));
    }

    [Test]
    public async Task ReadOutcomesAsync_FileIdsAppearLate_AreReadBeforeAnythingIsMissing()
    {
        ScriptedGateway gateway = new ScriptedGateway()
            .Gets(Ended("completed", null, null), Ended("completed", "out", null), Ended("completed", "out", "err"))
            .Content("out", Answered("a", "A") + Answered("b", "B")).Content("err", Failed("c", 429));

        List<BatchOutcome<string, string?>> outcomes = await OutcomesAsync(gateway);

        Assert.That(outcomes.Select(outcome => outcome.Kind), Is.EquivalentTo(new[] { BatchOutcomeKind.Succeeded, BatchOutcomeKind.Succeeded, BatchOutcomeKind.Failed }));
    }

    [Test]
    public async Task ReadOutcomesAsync_ContentIsNotFound_IsNeverMissing()
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets(Ended("completed", "gone", null));

        Assert.That(async () => await OutcomesAsync(gateway), Throws.InstanceOf<BatchApiException>());
    }

    [Test]
    public async Task ReadOutcomesAsync_ContentIsAnErrorInA200_IsNeverMissing()
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets(Ended("completed", "out", null))
            .Content("out", """{"error":{"message":"upstream hiccup","type":"server_error","code":null}}""");

        Assert.That(async () => await OutcomesAsync(gateway), Throws.InstanceOf<BatchResponseException>().With.Message.Contains("upstream hiccup"));
    }

    [Test]
    public async Task ReadOutcomesAsync_ContentIsAPageOfAnyType_IsNeverMissing()
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets(Ended("completed", "out", null)).Content("out", "<html><title>Sign in</title></html>");

        Assert.That(async () => await OutcomesAsync(gateway), Throws.InstanceOf<BatchResponseException>().With.Message.Contains("Sign in"));
    }

    [Test]
    public async Task ReadOutcomesAsync_LinesThatCannotBeRead_AreMalformedAndNotMissing()
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets(Ended("completed", "out", null)).Content("out",
            """{"id":"x","custom_id":"a","response":{"status_code":200,"body":{"choi""" + "\n"
            + $$"""{"custom_id":"b","response":{"status_code":200,"body":{{new string('[', 1100)}}{{new string(']', 1100)}}},"error":null}""" + "\n"
            + """{"\ud800abcdef":1,"custom_id":"c","response":{"status_code":200,"body":{}},"error":null}""" + "\n");

        List<BatchOutcome<string, string?>> outcomes = await OutcomesAsync(gateway);

        Assert.That(outcomes.Select(outcome => (outcome.Item, outcome.Kind)), Is.EqualTo(new[]
        {
            ("a", BatchOutcomeKind.Malformed), ("b", BatchOutcomeKind.Malformed), ("c", BatchOutcomeKind.Succeeded),
        }));
    }

    [Test]
    public async Task ReadOutcomesAsync_OtherFileIdsAtEveryLook_GivesUpAndConcludesNothing()
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets([.. Enumerable.Range(0, 50).Select(i => Ended("completed", $"out{i}", null))]);
        for (int i = 0; i < 50; i++)
            gateway.Content($"out{i}", Answered("a", "A"));

        Assert.That(async () => await OutcomesAsync(gateway), Throws.InstanceOf<BatchResponseException>().With.Message.Contains("batch_1"));
        Assert.That(gateway.GetTimes, Has.Count.EqualTo(11));
    }

    [Test]
    public async Task ReadOutcomesAsync_LineAfterAMalformedOneOfTheSameItem_DecidesIt()
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets(Ended("expired", "out", "err"))
            .Content("out", """{"custom_id":"a","response":null,"error":null}""" + "\n" + Answered("b", "B") + Answered("c", "C"))
            .Content("err", NeverRan("a", "batch_expired"));

        List<BatchOutcome<string, string?>> outcomes = await OutcomesAsync(gateway);

        Assert.That(outcomes.Single(outcome => outcome.Item == "a").Kind, Is.EqualTo(BatchOutcomeKind.Expired));
    }

    [TestCase("""{"detail":"upstream timeout"}""")]
    [TestCase("""{"error":"upstream timeout"}""")]
    [TestCase("upstream connect error or disconnect/reset before headers")]
    [TestCase("[]")]
    public async Task ReadOutcomesAsync_ContentIsNoResultFile_IsNeverMissing(string content)
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets(Ended("completed", "out", null)).Content("out", content);

        Assert.That(async () => await OutcomesAsync(gateway), Throws.InstanceOf<BatchResponseException>().With.Message.Contains("out"));
    }

    [Test]
    public async Task ReadOutcomesAsync_FailedBatchWithoutFiles_MissingSaysWhyTheBatchFailed()
    {
        ScriptedGateway gateway = new ScriptedGateway()
            .Gets(ScriptedGateway.Batch("failed", """ "errors":{"data":[{"code":"invalid_json_line","message":"bad","line":2}]} """));

        List<BatchOutcome<string, string?>> outcomes = await OutcomesAsync(gateway);

        Assert.That(outcomes, Has.Count.EqualTo(3));
        Assert.That(outcomes.Select(outcome => outcome.Error?.Code), Has.All.EqualTo(BatchErrorCode.InvalidJsonLine));
    }

    [Test]
    public async Task ReadOutcomesAsync_StructuredAnswers_AreReadAsTheCallersType()
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets(Ended("completed", "out", null))
            .Content("out", Answered("a", """{\"mood\":\"good\"}""") + Answered("b", "not json") + Declined("c"));

        List<BatchOutcome<string, Sentiment>> outcomes = [];
        await foreach (BatchOutcome<string, Sentiment> outcome in gateway.Client().Attach("batch_1").ReadOutcomesAsync(Items, item => item, MoodJson.Default.Sentiment))
            outcomes.Add(outcome);

        Assert.That(outcomes[0].Result, Is.EqualTo(new Sentiment("good")));
        Assert.That(outcomes[1].Kind, Is.EqualTo(BatchOutcomeKind.Failed));
        Assert.That(outcomes[1].Error!.Message, Does.Contain("does not fit"));
        Assert.That(outcomes[2].Kind, Is.EqualTo(BatchOutcomeKind.Failed));
        Assert.That(outcomes[2].Error!.Message, Does.Contain("I will not"));
    }

    [Test]
    public async Task ReadOutcomesAsync_InItemOrder_GivesTheItemsInTheirOrderWithTheMissingOnesInPlace()
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets(Ended("completed", "out", "err"))
            .Content("out", "\uFEFF" + Answered("c", "größe") + "\r\n" + Failed("a", 500) + Answered("a", "A"))
            .Content("err", NeverRan("d", "batch_expired"));

        List<BatchOutcome<string, string?>> outcomes = await CollectAsync(
            Attached(gateway).ReadOutcomesAsync(["a", "b", "c", "d"], item => item, line => line.ChatText, new OutcomeOptions { InItemOrder = true }));

        Assert.That(outcomes.Select(outcome => (outcome.Item, outcome.Kind, outcome.Result)), Is.EqualTo(new (string, BatchOutcomeKind, string?)[]
        {
            ("a", BatchOutcomeKind.Succeeded, "A"), ("b", BatchOutcomeKind.Missing, null), ("c", BatchOutcomeKind.Succeeded, "größe"), ("d", BatchOutcomeKind.Expired, null),
        }));
    }

    [Test]
    public async Task ReadOutcomesAsync_EitherOrder_GivesTheSameOutcomesAndLines()
    {
        string[] items = [.. Enumerable.Range(0, 500).Select(number => $"item-{number}")];
        Random random = new(7);
        string[] lines = [.. items.Where(_ => random.Next(10) > 0).Select(item => random.Next(5) switch { 0 => Failed(item, 429), 1 => NeverRan(item, "batch_expired"), _ => Answered(item, $"answer of {item} ü") })];
        random.Shuffle(lines);
        ScriptedGateway gateway = new ScriptedGateway().Gets(Ended("completed", "out", null)).Content("out", "\uFEFF" + string.Concat(lines));

        List<BatchOutcome<string, string?>> arrived = await CollectAsync(Attached(gateway).ReadOutcomesAsync(items, item => item, line => line.ChatText));
        List<BatchOutcome<string, string?>> ordered = await CollectAsync(
            Attached(gateway).ReadOutcomesAsync(items, item => item, line => line.ChatText, new OutcomeOptions { InItemOrder = true }));

        Assert.That(ordered.Select(outcome => outcome.Item), Is.EqualTo(items));
        Assert.That(ordered.Select(Describe), Is.EquivalentTo(arrived.Select(Describe)));

        static string Describe(BatchOutcome<string, string?> outcome) =>
            $"{outcome.CustomId} {outcome.Kind} {outcome.Result} {outcome.Error} {outcome.Line?.LineNumber} {outcome.Line?.Offset} {outcome.Line?.Raw.Length}";
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task ReadOutcomesAsync_LinesThatDecideNothing_AreReported(bool inItemOrder)
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets(Ended("completed", "out", null)).Content(
            "out", Answered("stranger", "?") + Failed("a", 500) + Answered("a", "A") + Answered("a", "again") + Answered("b", "B") + Answered("c", "C") + "{}\n");
        List<BatchResultLine> unmatched = [];

        await CollectAsync(Attached(gateway).ReadOutcomesAsync(
            Items, item => item, line => line.ChatText, new OutcomeOptions { InItemOrder = inItemOrder, Unmatched = unmatched.Add }));

        Assert.That(unmatched.Select(line => (line.CustomId, line.LineNumber)), Is.EqualTo(new (string?, long)[] { ("stranger", 1), ("a", 2), ("a", 4), (null, 7) }));
    }

    [Test]
    public async Task ReadOutcomesAsync_NumberedLines_AreJoinedByTheirNumber()
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets(Ended("completed", "out", null)).Content("out", Answered("request-2", "B") + Answered("request-1", "A"));

        List<BatchOutcome<string, string?>> outcomes = await CollectAsync(
            Attached(gateway).ReadOutcomesAsync(["first", "second"], customId: null, line => line.ChatText, new OutcomeOptions { InItemOrder = true }));

        Assert.That(outcomes.Select(outcome => (outcome.Item, outcome.CustomId, outcome.Result)), Is.EqualTo(new[] { ("first", "request-1", "A"), ("second", "request-2", "B") }));
    }

    [Test]
    public async Task ReadOutcomesAsync_NumberedLinesOfALaterFile_AreJoinedFromItsFirstNumber()
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets(Ended("completed", "out", null)).Content("out", Answered("request-51", "A") + Answered("request-52", "B"));

        List<BatchOutcome<string, string?>> outcomes = await CollectAsync(
            Attached(gateway).ReadOutcomesAsync(["first", "second"], customId: null, line => line.ChatText, new OutcomeOptions { FirstLineNumber = 51 }));

        Assert.That(outcomes.Select(outcome => (outcome.Item, outcome.Result)), Is.EqualTo(new[] { ("first", "A"), ("second", "B") }));
    }

    [Test]
    public async Task ReadOutcomesAsync_BodyThatIsNoJson_IsMalformedAndLeavesTheItemToAGoodLine()
    {
        const string broken = """{"custom_id":"%","response":{"status_code":200,"body":{"choices":}},"error":null}""" + "\n";
        ScriptedGateway gateway = new ScriptedGateway().Gets(Ended("completed", "out", null)).Content(
            "out", broken.Replace('%', 'a') + broken.Replace('%', 'b') + Answered("b", "B") + Answered("c", "C"));

        List<BatchOutcome<string, string?>> outcomes = await CollectAsync(
            Attached(gateway).ReadOutcomesAsync(Items, item => item, line => line.ChatText, new OutcomeOptions { InItemOrder = true }));

        Assert.That(outcomes.Select(outcome => (outcome.Kind, outcome.Result)), Is.EqualTo(new (BatchOutcomeKind, string?)[]
        {
            (BatchOutcomeKind.Malformed, null), (BatchOutcomeKind.Succeeded, "B"), (BatchOutcomeKind.Succeeded, "C"),
        }));
        Assert.That(outcomes[0].Error!.Message, Is.EqualTo("the body of the answer is no JSON"));
    }

    [Test]
    public void ReadOutcomesAsync_AnyResultFile_GivesOneOutcomeAnItemAndNeverThrows() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(ResultLines.File, file =>
        {
            ScriptedGateway gateway = new ScriptedGateway().Gets(Ended("expired", "out", null))
                .Content("out", [.. Encoding.UTF8.GetBytes(Answered("b", "B")), .. file]);

            List<BatchOutcome<string, string?>> outcomes = CollectAsync(Attached(gateway).ReadOutcomesAsync(Items, item => item, line => line.ChatText)).GetAwaiter().GetResult();

            Assert.That(outcomes.Select(outcome => outcome.Item), Is.EquivalentTo(Items), ResultLines.Show(file));
            Assert.That(outcomes.Single(outcome => outcome.Item == "b").Result, Is.EqualTo("B"));
        }));

    [TestCase("""{"error":"model overloaded"}""", "model overloaded")]
    [TestCase("""{"status":"failure","message":"provider said no"}""", "provider said no")]
    [TestCase("""{"object":"error","message":"too long","code":400}""", "too long")]
    public async Task ReadOutcomesAsync_ErrorInA200_IsNoSuccess(string body, string message)
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets(Ended("completed", "out", null)).Content(
            "out", $$"""{"custom_id":"a","response":{"status_code":200,"body":{{body}}},"error":null}""" + "\n" + Answered("b", "B") + Answered("c", "C"));

        List<BatchOutcome<string, string?>> outcomes = await OutcomesAsync(gateway);

        Assert.That((outcomes[0].Kind, outcomes[0].Error!.Message), Is.EqualTo((BatchOutcomeKind.Failed, message)));
    }

    [TestCase("\"500 Internal Server Error\"")]
    [TestCase("99999999999")]
    [TestCase("500.5")]
    [TestCase("{\"code\":500}")]
    public async Task ReadOutcomesAsync_StatusThatCannotBeRead_IsNoSuccess(string status)
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets(Ended("completed", "out", null)).Content(
            "out", $$$"""{"custom_id":"a","response":{"status_code":{{{status}}},"body":{"message":"boom"}},"error":null}""" + "\n" + Answered("b", "B") + Answered("c", "C"));

        Assert.That((await OutcomesAsync(gateway))[0].Kind, Is.EqualTo(BatchOutcomeKind.Failed));
    }

    [TestCase(1)]
    [TestCase(2)]
    public async Task ReadOutcomesAsync_ErrorFileWithoutIds_DoesNotHideTheResults(int errors)
    {
        string error = """{"id":"r1","response":null,"error":{"code":"batch_expired","message":"never ran"}}""" + "\n";
        ScriptedGateway gateway = new ScriptedGateway().Gets(Ended("expired", "out", "err"))
            .Content("out", Answered("a", "A") + Answered("b", "B"))
            .Content("err", string.Concat(Enumerable.Repeat(error, errors)));

        Assert.That((await OutcomesAsync(gateway)).Select(outcome => outcome.Kind), Is.EqualTo(new[] { BatchOutcomeKind.Succeeded, BatchOutcomeKind.Succeeded, BatchOutcomeKind.Missing }));
    }

    [Test]
    public async Task ReadOutcomesAsync_OnlyAnErrorFileWithoutIds_LeavesItemsMissing()
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets(Ended("completed", null, "err"))
            .Content("err", """{"id":"r1","response":{"status_code":400,"body":{"error":{"message":"no"}}},"error":null}""" + "\n");

        Assert.That((await OutcomesAsync(gateway)).Select(outcome => outcome.Kind), Has.All.EqualTo(BatchOutcomeKind.Missing));
    }

    [Test]
    public async Task ReadOutcomesAsync_FilesPutTogetherWithTheirMarks_LoseNoLine()
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets(Ended("completed", "out", null))
            .Content("out", "\uFEFF" + Answered("a", "A") + "\uFEFF" + Answered("b", "B") + "\uFEFF" + Answered("c", "C"));

        Assert.That((await OutcomesAsync(gateway)).Select(outcome => outcome.Result), Is.EqualTo(new[] { "A", "B", "C" }));
    }

    [Test]
    public async Task ReadResultsAsync_LongPage_IsNoResultFile()
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets(Ended("completed", "out", null))
            .Content("out", "<html><title>Sign in</title>\n" + new string('x', 80_000) + "</html>");

        Assert.That(async () => await ResultsAsync(Attached(gateway)), Throws.InstanceOf<BatchResponseException>().With.Message.Contains("Sign in"));
    }

    [Test]
    public async Task ReadOutcomesAsync_ReadThatCancelsByItself_IsAFailedOutcome()
    {
        ScriptedGateway gateway = new ScriptedGateway().Gets(Ended("completed", "out", null)).Content("out", Answered("a", "A"));

        List<BatchOutcome<string, string?>> outcomes = await CollectAsync(Attached(gateway).ReadOutcomesAsync<string, string?>(
            ["a"], item => item, _ => throw new TaskCanceledException("my own")));

        Assert.That((outcomes[0].Kind, outcomes[0].Error!.Message), Is.EqualTo((BatchOutcomeKind.Failed, "the answer does not fit: my own")));
    }

    [Test]
    public async Task ReadResultsAsync_ErrorsWithinErrors_AreFollowedAFewTimes()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"error\":", 900)) + "{\"code\":\"batch_expired\"}" + new string('}', 900);
        ScriptedGateway gateway = new ScriptedGateway().Gets(Ended("expired", "out", null)).Content("out", $"{{\"custom_id\":\"a\",\"error\":{deep}}}\n");

        Assert.That((await ResultsAsync(Attached(gateway))).Single().Kind, Is.EqualTo(BatchOutcomeKind.Failed), "as deep as nobody has seen, and each level costs a look at the rest");
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task ReadOutcomesAsync_LineOverTheLimit_IsMalformedAndSaysSo(bool inItemOrder)
    {
        byte[] tooLong = Encoding.UTF8.GetBytes("""{"custom_id":"a","response":{"status_code":200,"body":{"x":" """ + new string('x', 64 << 20) + "\"}}}");
        ScriptedGateway gateway = new ScriptedGateway().Gets(Ended("completed", "out", null)).Content("out", [.. tooLong, (byte)'\n', .. Encoding.UTF8.GetBytes(Answered("b", "B"))]);

        List<BatchOutcome<string, string?>> outcomes = await CollectAsync(
            Attached(gateway).ReadOutcomesAsync(["a", "b"], item => item, line => line.ChatText, new OutcomeOptions { InItemOrder = inItemOrder }));

        Assert.That((outcomes[0].Kind, outcomes[0].Error!.Message), Is.EqualTo((BatchOutcomeKind.Malformed, "the line is longer than 64 MiB")));
        Assert.That(outcomes[1].Result, Is.EqualTo("B"));
    }

    [Test]
    public async Task ReadOutcomesAsync_TwoItemsWithOneId_IsRefused()
    {
        ScriptedGateway gateway = new();
        BatchOperation operation = gateway.Client().Attach("batch_1");

        Assert.That(async () => await CollectAsync(operation.ReadOutcomesAsync(["x", "x"], item => item, line => line.ChatText)), Throws.ArgumentException.With.Message.Contains("'x'"));
    }

    private static string Ended(string status, string? output, string? error) =>
        ScriptedGateway.Batch(status, $"\"output_file_id\":{Quoted(output)},\"error_file_id\":{Quoted(error)}");

    private static string Quoted(string? text) => text is null ? "null" : $"\"{text}\"";

    private static string Answered(string id, string text) =>
        $$$$$"""{"custom_id":"{{{{{id}}}}}","response":{"status_code":200,"body":{"choices":[{"message":{"role":"assistant","content":"{{{{{text}}}}}"}}]}},"error":null}""" + "\n";

    private static string Declined(string id) =>
        $$$$$"""{"custom_id":"{{{{{id}}}}}","response":{"status_code":200,"body":{"choices":[{"message":{"role":"assistant","content":null,"refusal":"I will not."}}]}},"error":null}""" + "\n";

    private static string Failed(string id, int status) =>
        $$$$$"""{"custom_id":"{{{{{id}}}}}","response":{"status_code":{{{{{status}}}}},"body":{"error":{"message":"no"}}},"error":null}""" + "\n";

    private static string NeverRan(string id, string code) =>
        $$$$$"""{"custom_id":"{{{{{id}}}}}","response":null,"error":{"code":"{{{{{code}}}}}","message":"never ran"}}""" + "\n";

    private static BatchOperation Attached(ScriptedGateway gateway) => gateway.Client().Attach("batch_1");

    private static Task<List<BatchResultLine>> ResultsAsync(BatchOperation operation) => CollectAsync(operation.ReadResultsAsync());

    private static Task<List<BatchOutcome<string, string?>>> OutcomesAsync(ScriptedGateway gateway) =>
        CollectAsync(gateway.Client().Attach("batch_1").ReadOutcomesAsync(Items, item => item, line => line.ChatText));

    private static async Task<List<T>> CollectAsync<T>(IAsyncEnumerable<T> source)
    {
        List<T> items = [];
        await foreach (T item in source)
            items.Add(item);
        return items;
    }

    internal sealed record Sentiment(string Mood);

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(Sentiment))]
    internal sealed partial class MoodJson : JsonSerializerContext;
}
