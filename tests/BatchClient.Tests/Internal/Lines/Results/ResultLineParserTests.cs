using System.Text;
using BatchGateway.Internal.Lines;

namespace BatchGateway.Tests.Internal.Lines;

public sealed class ResultLineParserTests
{
    private const string Chat = """{"choices":[{"index":0,"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}]}""";

    [Test]
    public void Parse_DocumentedLine_IsSucceeded()
    {
        BatchResultLine line = Parse($$$"""{"id":"batch_req_1","custom_id":"a","response":{"status_code":200,"request_id":"r","body":{{{Chat}}}},"error":null}""");

        Assert.That(line.Kind, Is.EqualTo(BatchOutcomeKind.Succeeded));
        Assert.That(line.CustomId, Is.EqualTo("a"));
        Assert.That(line.StatusCode, Is.EqualTo(200));
        Assert.That(line.RequestId, Is.EqualTo("r"));
        Assert.That(line.Error, Is.Null);
        Assert.That(Encoding.UTF8.GetString(line.Body.Span), Is.EqualTo(Chat));
        Assert.That(line.ChatText, Is.EqualTo("hi"));
    }

    [TestCase("""{"custom_id":"a","response":{"status_code":200,"body":{"x":1}}}""", TestName = "Parse_NoIdAndNoError_IsSucceeded")]
    [TestCase("""{"error":null,"response":{"body":{"x":1},"status_code":200},"custom_id":"a"}""", TestName = "Parse_OtherOrder_IsSucceeded")]
    [TestCase("""{"custom_id":"a","response":{"status_code":"200","body":{"x":1}}}""", TestName = "Parse_StatusAsText_IsSucceeded")]
    [TestCase("""{"custom_id":"a","response":{"status_code":201,"body":[1]}}""", TestName = "Parse_OtherSuccess_IsSucceeded")]
    [TestCase("""{"custom_id":"a","response":{"body":{"x":1}}}""", TestName = "Parse_NoStatus_IsSucceeded")]
    [TestCase("""{"custom_id":"a","response":{"status_code":200,"body":"text"}}""", TestName = "Parse_BodyIsText_IsSucceeded")]
    [TestCase("""{"custom_id":"a","response":{"status_code":200,"body":{"error":null}},"error":null}""", TestName = "Parse_BodyWithErrorNull_IsSucceeded")]
    [TestCase("""{"custom_id":"a","response":{"status_code":200,"body":{"text":"an \"error\": of mine"}},"error":null}""", TestName = "Parse_BodyThatSpeaksOfErrors_IsSucceeded")]
    [TestCase("""{"custom_id":"a","response":{"status_code":200,"body":{"x":1}},"error":{}}""", TestName = "Parse_ErrorEmpty_IsSucceeded")]
    [TestCase("""{"custom_id":"a","response":{"status_code":200,"body":{"x":1}},"error":""}""", TestName = "Parse_ErrorEmptyText_IsSucceeded")]
    [TestCase("""{"custom_id":"a","response":{"status_code":200,"body":{"x":1}},"error":false}""", TestName = "Parse_ErrorFalse_IsSucceeded")]
    [TestCase("""{"custom_id":"a","response":{"status_code":200,"body":{"x":1}},"error":{"code":null,"message":null}}""", TestName = "Parse_ErrorOfNulls_IsSucceeded")]
    [TestCase(" \t{\"custom_id\":\"a\",\"response\":{\"status_code\":200,\"body\":{}}} ", TestName = "Parse_BlanksAround_IsSucceeded")]
    public void Parse_Success_IsSucceeded(string json)
    {
        BatchResultLine line = Parse(json);

        Assert.That(line.Kind, Is.EqualTo(BatchOutcomeKind.Succeeded));
        Assert.That(line.CustomId, Is.EqualTo("a"));
        Assert.That(line.Error, Is.Null);
        Assert.That(line.Body.IsEmpty, Is.False);
    }

    [TestCase("""{"custom_id":"a","response":{"status_code":400,"body":{"error":{"code":"bad","message":"No."}}},"error":null}""", "bad", "No.", TestName = "Parse_HttpFailure_SaysWhy")]
    [TestCase("""{"custom_id":"a","response":{"status_code":500,"body":null},"error":null}""", "", "the line was answered with status 500", TestName = "Parse_HttpFailureWithoutBody_SaysWhy")]
    [TestCase("""{"custom_id":"a","response":{"status_code":503,"body":"busy"},"error":null}""", "", "busy", TestName = "Parse_HttpFailureWithTextBody_SaysWhy")]
    [TestCase("""{"custom_id":"a","response":{"status_code":0,"body":null},"error":null}""", "", "the line was answered with status 0", TestName = "Parse_StatusZero_SaysWhy")]
    [TestCase("""{"custom_id":"a","response":{"status_code":0,"body":{}},"error":{"code":"x","message":"No."}}""", "x", "No.", TestName = "Parse_StatusZeroWithError_SaysWhy")]
    [TestCase("""{"custom_id":"a","response":{"status_code":200,"body":null},"error":null}""", "", "the answer has no body", TestName = "Parse_BodyNull_SaysWhy")]
    [TestCase("""{"custom_id":"a","response":{"status_code":200,"body":false},"error":null}""", "", "the answer has no body", TestName = "Parse_BodyFalse_SaysWhy")]
    [TestCase("""{"custom_id":"a","response":{"status_code":200},"error":null}""", "", "the answer has no body", TestName = "Parse_BodyMissing_SaysWhy")]
    [TestCase("""{"custom_id":"a","response":{"status_code":200,"body":{"error":{"code":"x","message":"No."}}},"error":null}""", "x", "No.", TestName = "Parse_ErrorInA200_SaysWhy")]
    [TestCase("""{"custom_id":"a","response":{"body":{"error":{"code":"x","message":"No."}}},"error":null}""", "x", "No.", TestName = "Parse_ErrorWithoutStatus_SaysWhy")]
    [TestCase("""{"custom_id":"a","response":null,"error":{"code":"request_timeout","message":"No."}}""", "request_timeout", "No.", TestName = "Parse_NeverRan_SaysWhy")]
    [TestCase("""{"custom_id":"a","response":null,"error":"No."}""", "", "No.", TestName = "Parse_ErrorAsText_SaysWhy")]
    [TestCase("""{"custom_id":"a","error":{"error":{"code":"x","message":"No."}}}""", "x", "No.", TestName = "Parse_ErrorNested_SaysWhy")]
    [TestCase("""{"custom_id":"a","error":{"error":{"error":{"code":"x","message":"No."}}}}""", "x", "No.", TestName = "Parse_ErrorNestedTwice_SaysWhy")]
    [TestCase("""{"custom_id":"a","error":{"code":429,"message":"No."}}""", "429", "No.", TestName = "Parse_ErrorCodeAsNumber_SaysWhy")]
    [TestCase("""{"custom_id":"a","response":{"status_code":302,"body":{"x":1}}}""", "", "{\"x\":1}", TestName = "Parse_OtherStatus_SaysWhy")]
    public void Parse_Failure_SaysWhy(string json, string code, string message)
    {
        BatchResultLine line = Parse(json);

        Assert.That(line.Kind, Is.EqualTo(BatchOutcomeKind.Failed));
        Assert.That(line.CustomId, Is.EqualTo("a"));
        Assert.That(line.Error?.Code.ToString(), Is.EqualTo(code));
        Assert.That(line.Error?.Message, Is.EqualTo(message));
    }

    [TestCase("batch_expired", BatchOutcomeKind.Expired)]
    [TestCase("BatchExpired", BatchOutcomeKind.Expired)]
    [TestCase("batch_cancelled", BatchOutcomeKind.Cancelled)]
    [TestCase("batch_canceled", BatchOutcomeKind.Cancelled)]
    [TestCase("request_timeout", BatchOutcomeKind.Failed)]
    public void Parse_NeverRan_HasTheKindOfItsCode(string code, BatchOutcomeKind kind)
    {
        BatchResultLine line = Parse($$$"""{"custom_id":"a","response":null,"error":{"code":"{{{code}}}","message":"m"}}""");

        Assert.That(line.Kind, Is.EqualTo(kind));
        Assert.That(line.StatusCode, Is.Null);
        Assert.That(line.Body.IsEmpty, Is.True);
    }

    [TestCase("[]", "the line is no JSON object")]
    [TestCase("7", "the line is no JSON object")]
    [TestCase("null", "the line is no JSON object")]
    [TestCase("\"text\"", "the line is no JSON object")]
    [TestCase("{", "the line is no JSON (")]
    [TestCase("", "the line is no JSON (")]
    [TestCase("{} {}", "the line is no JSON (")]
    [TestCase("{\"custom_id\":\"a\"", "the line is no JSON (")]
    [TestCase("<html>", "the line is no JSON (")]
    [TestCase("{}", "the line has neither a response nor an error")]
    [TestCase("""{"custom_id":"a"}""", "the line has neither a response nor an error")]
    [TestCase("""{"custom_id":"a","response":null,"error":null}""", "the line has neither a response nor an error")]
    [TestCase("""{"custom_id":"a","response":"text"}""", "the line has neither a response nor an error")]
    public void Parse_LineThatCannotBeRead_IsMalformed(string json, string why)
    {
        BatchResultLine line = Parse(json);

        Assert.That(line.Kind, Is.EqualTo(BatchOutcomeKind.Malformed));
        Assert.That(line.Error?.Message, Does.StartWith(why));
        Assert.That(Encoding.UTF8.GetString(line.Raw.Span), Is.EqualTo(json));
    }

    [Test]
    public void Parse_InvalidUtf8_IsMalformed()
    {
        byte[] bytes = [.. "{\"custom_id\":\""u8, 0xC3, 0x28, .. "\"}"u8];

        BatchResultLine line = ResultLineParser.Parse(bytes, 3, 40);

        Assert.That(line.Kind, Is.EqualTo(BatchOutcomeKind.Malformed));
        Assert.That(line.Error?.Message, Is.EqualTo("the line is no valid UTF-8"));
        Assert.That(line.Raw.ToArray(), Is.EqualTo(bytes));
        Assert.That(line.LineNumber, Is.EqualTo(3));
        Assert.That(line.Offset, Is.EqualTo(40));
    }

    [TestCase("""{"response":{"body":{}}}""", null)]
    [TestCase("""{"custom_id":null,"response":{"body":{}}}""", null)]
    [TestCase("""{"custom_id":"","response":{"body":{}}}""", "")]
    [TestCase("""{"custom_id":42,"response":{"body":{}}}""", "42")]
    [TestCase("""{"custom_id":"a\u0020\"b\" ü","response":{"body":{}}}""", "a \"b\" ü")]
    [TestCase("""{"cust\u006Fm_id":"a","response":{"body":{}}}""", "a")]
    [TestCase("""{"custom_id":"a","custom_id":"b","response":{"body":{}}}""", "b")]
    [TestCase("""{"response":{"custom_id":"inner","body":{"custom_id":"inner"}},"custom_id":"a"}""", "a")]
    public void Parse_CustomId_IsRead(string json, string? id) => Assert.That(Parse(json).CustomId, Is.EqualTo(id));

    [Test]
    public void Parse_DeepBody_IsSucceeded()
    {
        string deep = new string('[', 500) + new string(']', 500);

        BatchResultLine line = Parse($$$"""{"custom_id":"a","response":{"status_code":200,"body":{"choices":[{"message":{"content":"hi"}}],"deep":{{{deep}}}}},"error":null}""");

        Assert.That(line.Kind, Is.EqualTo(BatchOutcomeKind.Succeeded));
        Assert.That(line.ChatText, Is.EqualTo("hi"));
    }

    [Test]
    public void Parse_DeeperThanAnythingReal_IsMalformed() =>
        Assert.That(Parse(new string('[', 100_000)).Kind, Is.EqualTo(BatchOutcomeKind.Malformed));

    [Test]
    public void Parse_MembersTwice_TheLastCounts()
    {
        BatchResultLine line = Parse("""{"custom_id":"a","response":{"status_code":500,"request_id":"r","body":{"x":1}},"response":{"status_code":200,"status_code":201,"body":1,"body":{"x":2}},"error":"old","error":null}""");

        Assert.That(line.Kind, Is.EqualTo(BatchOutcomeKind.Succeeded));
        Assert.That(line.StatusCode, Is.EqualTo(201));
        Assert.That(line.RequestId, Is.Null, "it belongs to the response that was replaced");
        Assert.That(Encoding.UTF8.GetString(line.Body.Span), Is.EqualTo("""{"x":2}"""));
    }

    [Test]
    public void Parse_ResponseReplacedByNull_LeavesNothingOfIt()
    {
        BatchResultLine line = Parse("""{"custom_id":"a","response":{"status_code":200,"body":{"x":1}},"response":null}""");

        Assert.That(line.Kind, Is.EqualTo(BatchOutcomeKind.Malformed));
        Assert.That(line.StatusCode, Is.Null);
        Assert.That(line.Body.IsEmpty, Is.True);
    }

    private static BatchResultLine Parse(string json) => ResultLineParser.Parse(Encoding.UTF8.GetBytes(json), 1, 0);
}
