using System.Text;
using System.Text.Json;
using BatchGateway.Internal.Lines;
using BatchGateway.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace BatchGateway.Tests.Internal.Lines;

/// <summary>The engine against a slow and plain reading of the same line.</summary>
public sealed class ResultFactsTests
{
    [Test]
    public void Parse_AnyLine_IsWhatAReadingByTheBookSays() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(6000),
        Prop.ForAll(ResultLines.Line, line =>
        {
            if (IsLeftForLater(line))
                return;

            Assert.That(Text(ResultLineParser.Parse(line, 1, 0)), Is.EqualTo(Text(ReferenceParser.Parse(line))), ResultLines.Show(line));
        }));

    [Test]
    public void TryScan_GeneratedLines_AreTakenOftenAndLeftOften()
    {
        byte[][] lines = [.. ResultLines.Line.Generator.Sample(2000)];

        Assert.That(
            lines.Count(line => { ResultEnvelope envelope = default; return ResultScanner.TryScan(line, ref envelope); }),
            Is.InRange(200, 1800), "else one of the two ways is hardly tested");
    }

    [TestCase("""{"custom_id" "x":1,"response":null}""")]
    [TestCase("""{"custom_id":"a",}""")]
    [TestCase("""{,"custom_id":"a"}""")]
    [TestCase("""{"custom_id":"a" "response":null}""")]
    [TestCase("""{"custom_id":"a"}}""")]
    [TestCase("""{"custom_id":"a","n":01}""")]
    [TestCase("""{"custom_id":"a","n":nul}""")]
    [TestCase("""{"custom_id":"a\tb"}""")]
    [TestCase("{\"custom_id\":\"a\tb\"}")]
    [TestCase("""{"custom_id":"a","custom_id":"b"}""")]
    [TestCase("""{"custom\u005fid":"a"}""")]
    [TestCase("""{"response":{"body":{}},"response":null}""")]
    [TestCase("""{"response":{"body":{"x":1}""")]
    [TestCase("""{"response":{"status_code":200.0}}""")]
    [TestCase("""{"response":{"status_code":1e2}}""")]
    [TestCase("""{"response":{"status_code":1234567890}}""")]
    [TestCase("""{"other":{"x":}}""")]
    [TestCase("""{"error":{"code":"x"}}""")]
    [TestCase("")]
    [TestCase("{")]
    [TestCase("{\"")]
    public void TryScan_AnythingUnusual_IsLeftToTheBook(string line)
    {
        ResultEnvelope envelope = default;

        Assert.That(ResultScanner.TryScan(Encoding.UTF8.GetBytes(line), ref envelope), Is.False);
    }

    [Test]
    public void Of_BalancedBodyThatIsNoJson_IsASuccessUntilItIsAskedFor()
    {
        BatchResultLine line = ResultLineParser.Parse("""{"custom_id":"a","response":{"status_code":200,"body":{"x":]}},"error":null}"""u8.ToArray(), 1, 0);

        Assert.That(line.Kind, Is.EqualTo(BatchOutcomeKind.Malformed), "its brackets do not match in number");

        line = ResultLineParser.Parse("""{"custom_id":"a","response":{"status_code":200,"body":{"x":}},"error":null}"""u8.ToArray(), 1, 0);

        Assert.That(line.Kind, Is.EqualTo(BatchOutcomeKind.Succeeded));
        Assert.That(() => line.ReadChat(), Throws.InstanceOf<JsonException>());
        Assert.That(line.ChatText, Is.Null);
    }

    [Test]
    public void Of_LinesOfEveryKind_MakesNoStringAndNoCopy()
    {
        byte[][] lines =
        [
            """{"id":"r","custom_id":"a","response":{"status_code":200,"request_id":"q","body":{"text":"hello"}},"error":null}"""u8.ToArray(),
            """{"id":"r","custom_id":"a\u0062","response":{"status_code":429,"body":{"error":{"code":"x"}}},"error":null}"""u8.ToArray(),
            """{"custom_id":"a","response":null,"error":{"code":"batch_expired","message":"Too late."}}"""u8.ToArray(),
            """{"custom_id":"a","custom_id":"b","response":{"status_code":200,"body":{"error":null}}}"""u8.ToArray(),
        ];
        foreach (byte[] line in lines)
            ResultFacts.Of(line);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 1000; round++)
        {
            foreach (byte[] line in lines)
                ResultFacts.Of(line);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1000), "a string or an array a line would be a hundred times as much");
    }

    /// <summary>A body in brackets that match in number is not looked into by a reader of lines, and may be no JSON.</summary>
    private static bool IsLeftForLater(byte[] line)
    {
        ResultFacts facts = ResultFacts.Of(line);
        return facts.Body.IsThere && !LineJson.IsValid(facts.Body.In(line));
    }

    private static string Text(BatchResultLine line) =>
        $"{line.Kind} id={line.CustomId} status={line.StatusCode} request={line.RequestId} body={Encoding.Latin1.GetString(line.Body.Span)} error={line.Error}|{line.Error?.Code}|{line.Error?.Message}";
}
