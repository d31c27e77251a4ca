using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Lines;

public sealed partial class OddLineTests
{
    private const string Plain =
        """{"id":"batch_req_#","custom_id":"line-1","response":{"status_code":200,"request_id":"req_#","body":{"a":1}},"error":null}""";
    private const string Failed =
        """{"id":"batch_req_#","custom_id":"line-1","response":{"status_code":429,"request_id":"req_#","body":BODY},"error":ERROR}""";
    private const string FailedBody = """{"error":{"message":"Too fast.","type":"rate_limit_exceeded","param":null,"code":"too_fast"}}""";

    private static readonly EmulatedResponse Answer = new(200, """{ "a": 1 }""");
    private static readonly EmulatedResponse Error = new(429, FailedBody);
    private static readonly EmulatedResponse Unanswered = EmulatedResponse.Unanswered("request_timeout", "Too slow.");

    // Every byte of the file of a batch of one line; hexadecimal ids are a '#', and bytes are Latin-1 characters.
    private static readonly Dictionary<OddLine, string> OutputFiles = new()
    {
        [OddLine.NoId] = Plain.Replace("\"id\":\"batch_req_#\",", "") + "\n",
        [OddLine.NoCustomId] = Plain.Replace("\"custom_id\":\"line-1\",", "") + "\n",
        [OddLine.RepeatedId] = Plain + "\n",
        [OddLine.BodyFalse] = Plain.Replace("""{"a":1}""", "false") + "\n",
        [OddLine.BodyNull] = Plain.Replace("""{"a":1}""", "null") + "\n",
        [OddLine.BodyText] = Plain.Replace("""{"a":1}""", """ "{ \"a\": 1 }" """.Trim()) + "\n",
        [OddLine.StatusZero] = Plain.Replace("200", "0") + "\n",
        [OddLine.BlankLineBefore] = "\n" + Plain + "\n",
        [OddLine.ByteOrderMark] = "\u00EF\u00BB\u00BF" + Plain + "\n",
        [OddLine.CarriageReturn] = Plain + "\r\n",
        [OddLine.NoFinalNewline] = Plain,
        [OddLine.InvalidUtf8] = Plain.Replace("""{"a":1}""", "{\"a\":1,\"note\":\"\u00FF\"}") + "\n",
        [OddLine.NotAnObject] = $"[{Plain}]\n",
        [OddLine.Long] = Plain.Replace("""{"a":1}""", $$"""{"a":1,"padding":"{{new string('x', 28 * 1024)}}"}""") + "\n",
        [OddLine.NeverAskedFor] = Plain + "\n" + Plain.Replace("line-1", "never-asked-for-#") + "\n",
    };

    private static IEnumerable<TestCaseData> OutputCases =>
        OutputFiles.Select(odd => new TestCaseData(odd.Key, odd.Value).SetArgDisplayNames($"{odd.Key}"));

    [TestCaseSource(nameof(OutputCases))]
    public async Task As_OfAnAnswer_IsTheFileToTheByte(OddLine oddity, string file)
    {
        await using TestGateway gateway = await StartAsync(Answer.As(oddity));

        JsonElement batch = await gateway.EndAsync(TestGateway.Lines(1));

        Assert.That(await FileAsync(gateway, batch, "output_file_id"), Is.EqualTo(file));
        Assert.That(batch.IsNull("error_file_id"), Is.True);
        Assert.That(batch.Counts(), Is.EqualTo((1L, 1L, 0L)));
        Assert.That(gateway.Ledger.LinesBilled["line-1"], Is.EqualTo(1));
    }

    [TestCase(OddLine.ErrorAsText, FailedBody, "\"Too fast.\"")]
    [TestCase(OddLine.ErrorNested, FailedBody, """{"error":{"code":"too_fast","message":"Too fast."}}""")]
    [TestCase(OddLine.BodyFalse, "false", "null")]
    [TestCase(OddLine.BodyNull, "null", "null")]
    public async Task As_OfAnErrorAnswer_IsTheErrorFileToTheByte(OddLine oddity, string body, string error)
    {
        await using TestGateway gateway = await StartAsync(Error.As(oddity));

        JsonElement batch = await gateway.EndAsync(TestGateway.Lines(1));

        Assert.That(await FileAsync(gateway, batch, "error_file_id"), Is.EqualTo(Failed.Replace("BODY", body).Replace("ERROR", error) + "\n"));
        Assert.That(batch.Counts(), Is.EqualTo((1L, 0L, 1L)));
        Assert.That(gateway.Ledger.LinesBilled, Is.Empty);
    }

    [TestCase(OddLine.ErrorAsText, "\"Too slow.\"")]
    [TestCase(OddLine.ErrorNested, """{"error":{"code":"request_timeout","message":"Too slow."}}""")]
    [TestCase(OddLine.InvalidUtf8, "{\"code\":\"request_timeout\",\"message\":\"Too slow.\"},\"note\":\"\u00FF\"")]
    public async Task As_OfAnUnansweredLine_IsTheErrorFileToTheByte(OddLine oddity, string error)
    {
        await using TestGateway gateway = await StartAsync(Unanswered.As(oddity));

        JsonElement batch = await gateway.EndAsync(TestGateway.Lines(1));

        Assert.That(
            await FileAsync(gateway, batch, "error_file_id"),
            Is.EqualTo($$"""{"id":"batch_req_#","custom_id":"line-1","response":null,"error":{{error}}}""" + "\n"));
    }

    [Test]
    public async Task As_ErrorAsTextOfABodyWithoutAnError_IsTheBodysText()
    {
        await using TestGateway gateway = await StartAsync(new EmulatedResponse(503, "upstream is gone").As(OddLine.ErrorAsText));

        JsonElement batch = await gateway.EndAsync(TestGateway.Lines(1));

        Assert.That((await gateway.ResultsAsync(batch, "error_file_id")).Single().Text("error"), Is.EqualTo("upstream is gone"));
    }

    [Test]
    public async Task As_SeveralOddities_AreAllThere()
    {
        EmulatedResponse odd = Answer.As(OddLine.NoId).As(OddLine.ByteOrderMark).As(OddLine.CarriageReturn).As(OddLine.NoFinalNewline);
        await using TestGateway gateway = await StartAsync(odd);

        JsonElement batch = await gateway.EndAsync(TestGateway.Lines(1));

        Assert.That(
            await FileAsync(gateway, batch, "output_file_id"),
            Is.EqualTo("\u00EF\u00BB\u00BF" + Plain.Replace("\"id\":\"batch_req_#\",", "")));
    }

    [Test]
    public async Task As_RepeatedId_HasTheIdOfTheLineBeforeInItsFile()
    {
        await using TestGateway gateway = await StartAsync(Answer, (3, Answer.As(OddLine.RepeatedId)), (2, Error));

        JsonElement batch = await gateway.EndAsync(TestGateway.Lines(4));

        string?[] ids = [.. (await gateway.ResultsAsync(batch, "output_file_id")).Select(line => line.Text("id"))];
        Assert.That(ids, Has.Length.EqualTo(3));
        Assert.That(ids[1], Is.EqualTo(ids[0]));
        Assert.That(ids[2], Is.Not.EqualTo(ids[0]));
    }

    [Test]
    public async Task As_OddityOfTheFileAtAMiddleLine_IsOfThatFileAlone()
    {
        await using TestGateway gateway = await StartAsync(Answer, (1, Error), (3, Answer.As(OddLine.ByteOrderMark).As(OddLine.NoFinalNewline)));

        JsonElement batch = await gateway.EndAsync(TestGateway.Lines(5));

        string[] expected = [.. new[] { 2, 3, 4, 5 }.Select(number => Plain.Replace("line-1", $"line-{number}"))];
        Assert.That(await FileAsync(gateway, batch, "output_file_id"), Is.EqualTo("\u00EF\u00BB\u00BF" + string.Join('\n', expected)));
        Assert.That(await FileAsync(gateway, batch, "error_file_id"), Does.StartWith("{").And.EndsWith("}\n"));
    }

    [Test]
    public async Task As_ByteOrderMarkAtTheLastOfManyLines_LosesNoByte()
    {
        await using TestGateway gateway = await StartAsync(Answer, (5000, Answer.As(OddLine.ByteOrderMark)));

        JsonElement batch = await gateway.EndAsync(TestGateway.Lines(5000));

        byte[] bytes = await gateway.ContentAsync(batch, "output_file_id");
        string[] lines = Encoding.UTF8.GetString(bytes.AsSpan(3)).Split('\n');
        Assert.That(bytes[..3], Is.EqualTo(new byte[] { 0xEF, 0xBB, 0xBF }));
        Assert.That(lines, Has.Length.EqualTo(5001));
        Assert.That(
            lines[..5000].Select(line => JsonDocument.Parse(line).RootElement.Text("custom_id")),
            Is.EqualTo(Enumerable.Range(1, 5000).Select(number => $"line-{number}")));
    }

    [Test]
    public async Task As_AroundARawLine_LeavesTheLineAsItIs()
    {
        EmulatedResponse raw = EmulatedResponse.Raw("oops");
        await using TestGateway gateway = await StartAsync(
            raw.As(OddLine.BlankLineBefore), (2, raw.As(OddLine.CarriageReturn)), (3, raw.As(OddLine.NoFinalNewline)));

        JsonElement batch = await gateway.EndAsync(TestGateway.Lines(3));

        Assert.That(await FileAsync(gateway, batch, "output_file_id"), Is.EqualTo("\noops\noops\r\noops"));
    }

    [TestCase(OddLine.NoFinalNewline)]
    [TestCase(OddLine.BodyNull)]
    public void As_OfALineThatVanishes_Throws(OddLine oddity)
    {
        Assert.That(() => EmulatedResponse.Vanish.As(oddity), Throws.InvalidOperationException.With.Message.Contains($"OddLine.{oddity}"));
        Assert.That(() => EmulatedResponse.VanishUnbilled.As(oddity), Throws.InvalidOperationException);
    }

    [Test]
    public void As_WhatTheLineCannotBe_Throws()
    {
        Assert.That(() => Answer.As(OddLine.ErrorAsText), Throws.InvalidOperationException.With.Message.Contains("no error"));
        Assert.That(() => Answer.As(OddLine.ErrorNested), Throws.InvalidOperationException);
        foreach (OddLine oddity in (OddLine[])[OddLine.BodyFalse, OddLine.BodyNull, OddLine.BodyText, OddLine.StatusZero])
            Assert.That(() => Unanswered.As(oddity), Throws.InvalidOperationException.With.Message.Contains("no answer"));
        Assert.That(() => EmulatedResponse.Raw("x").As(OddLine.NoId), Throws.InvalidOperationException.With.Message.Contains("raw"));
        Assert.That(() => Answer.As((OddLine)99), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void OddLine_EveryMember_IsTestedToTheByte() =>
        Assert.That(OutputFiles.Keys.Append(OddLine.ErrorAsText).Append(OddLine.ErrorNested), Is.EquivalentTo(Enum.GetValues<OddLine>()));

    /// <summary>An emulator in which every line becomes the same, and some, by number, something else; the input's order is kept.</summary>
    private static Task<TestGateway> StartAsync(EmulatedResponse become, params (int Line, EmulatedResponse Become)[] others)
    {
        EmulatorScript script = new() { ShuffleWindow = 1 };
        foreach ((int line, EmulatedResponse other) in others)
            script = script.Lines(request => request.LineNumber == line, other);
        return TestGateway.StartAsync(options => options.Script = script.Lines(_ => true, become));
    }

    private static async Task<string> FileAsync(TestGateway gateway, JsonElement batch, string member) =>
        HexId().Replace(Encoding.Latin1.GetString(await gateway.ContentAsync(batch, member)), "#");

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex HexId();
}
