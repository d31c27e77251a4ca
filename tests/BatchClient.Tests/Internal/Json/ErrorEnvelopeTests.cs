using System.Text;
using BatchGateway.Internal.Json;

namespace BatchGateway.Tests.Internal.Json;

public sealed class ErrorEnvelopeTests
{
    [TestCase("""{"error":{"message":"No.","type":"invalid_request_error","param":"model","code":"model_not_found"}}""", "model_not_found", "No.", "invalid_request_error", "model", TestName = "Read_Documented")]
    [TestCase("""{"error":{"message":"No.","type":null,"param":null,"code":null}}""", "", "No.", null, null, TestName = "Read_DocumentedWithNulls")]
    [TestCase("""{"error":{"message":"No.","code":400,"status":"INVALID_ARGUMENT"}}""", "400", "No.", null, null, TestName = "Read_CodeAsNumber")]
    [TestCase("""[{"error":{"message":"No.","code":404}}]""", "404", "No.", null, null, TestName = "Read_WrappedInAnArray")]
    [TestCase("""{"error":{"error":{"message":"No.","code":"x"}}}""", "x", "No.", null, null, TestName = "Read_NestedTwice")]
    [TestCase("""{"error":{"error":"Bad Request","message":"No."}}""", "", "No.", null, null, TestName = "Read_WordBesideTheMessage")]
    [TestCase("""{"detail":{"error":{"message":"No.","code":"x"}}}""", "x", "No.", null, null, TestName = "Read_NestedInDetail")]
    [TestCase("""{"detail":{"message":"No.","code":"x"}}""", "x", "No.", null, null, TestName = "Read_ObjectInDetail")]
    [TestCase("""{"status":"failure","message":"No."}""", "", "No.", null, null, TestName = "Read_StatusFailure")]
    [TestCase("""{"detail":"No."}""", "", "No.", null, null, TestName = "Read_Detail")]
    [TestCase("""{"message":"No."}""", "", "No.", null, null, TestName = "Read_Message")]
    [TestCase("""{"type":"https://errors.example/full","title":"Full","detail":"No.","status":400}""", "", "No.", "https://errors.example/full", null, TestName = "Read_ProblemJson")]
    [TestCase("""{"type":"about:blank","title":"No."}""", "", "No.", "about:blank", null, TestName = "Read_ProblemJsonWithTitleOnly")]
    [TestCase("""{"error":"No."}""", "", "No.", null, null, TestName = "Read_ErrorAsText")]
    [TestCase("""{"error":{"code":"x"},"message":"No."}""", "x", "No.", null, null, TestName = "Read_MessageBesideTheError")]
    [TestCase("""{"error":null,"message":"No."}""", "", "No.", null, null, TestName = "Read_ErrorNull")]
    [TestCase("""{"errors":[{"message":"No.","code":"x"},{"message":"Second."}]}""", "x", "No.", null, null, TestName = "Read_Errors")]
    [TestCase("\"No.\"", "", "No.", null, null, TestName = "Read_JsonText")]
    [TestCase("No.", "", "No.", null, null, TestName = "Read_PlainText")]
    [TestCase("\uFEFF \r\n{\"message\":\"No.\"}", "", "No.", null, null, TestName = "Read_BomAndBlanksBefore")]
    [TestCase("{\"message\":", "", "{\"message\":", null, null, TestName = "Read_CutJson")]
    [TestCase("<html><head><title> 502 Bad Gateway </title></head></html>", "", "an HTML page: 502 Bad Gateway", null, null, TestName = "Read_Html")]
    [TestCase("<!DOCTYPE html><html><body>x</body></html>", "", "an HTML page", null, null, TestName = "Read_HtmlWithoutTitle")]
    [TestCase("<TITLE>a &amp; b</TITLE>", "", "an HTML page: a & b", null, null, TestName = "Read_HtmlEntities")]
    public void Read_Envelope_FindsTheError(string body, string code, string message, string? type, string? param)
    {
        BatchError? error = ErrorEnvelope.Read(Encoding.UTF8.GetBytes(body));

        Assert.That(error, Is.Not.Null);
        Assert.That(error!.Code.ToString(), Is.EqualTo(code));
        Assert.That(error.Message, Is.EqualTo(message));
        Assert.That(error.Type, Is.EqualTo(type));
        Assert.That(error.Param, Is.EqualTo(param));
    }

    [TestCase("")]
    [TestCase(" \r\n\t")]
    public void Read_Empty_IsNull(string body) => Assert.That(ErrorEnvelope.Read(Encoding.UTF8.GetBytes(body)), Is.Null);

    [TestCase("{\"error\":{\"message\":\"")]
    [TestCase("{\"error\":\"")]
    [TestCase("{\"message\":\"")]
    [TestCase("{\"detail\":\"")]
    public void Read_HugeMessage_IsCut(string start)
    {
        string end = start.Contains(":{", StringComparison.Ordinal) ? "\"}}" : "\"}";
        BatchError? error = ErrorEnvelope.Read(Encoding.UTF8.GetBytes(start + new string('x', 60_000) + end));

        Assert.That(error?.Message, Has.Length.LessThan(3_000).And.StartsWith("xxx"));
    }

    [TestCase("""{"error":{"\ud800":1,"message":"No."}}""")]
    [TestCase("""{"\ud800":1}""")]
    [TestCase("""{"error":{"message":"\ud800"}}""")]
    public void Read_LoneSurrogates_DoesNotThrow(string body) => Assert.That(() => ErrorEnvelope.Read(Encoding.UTF8.GetBytes(body)), Throws.Nothing);

    [TestCase("""{"error":{"message":"No."}}""", true)]
    [TestCase("""[{"error":{"message":"No."}}]""", true)]
    [TestCase("""{"error":"No."}""", false)]
    [TestCase("""{"detail":"Not Found"}""", false)]
    [TestCase("<html></html>", false)]
    [TestCase("", false)]
    public void IsStructured_Body_IsTold(string body, bool structured) =>
        Assert.That(ErrorEnvelope.IsStructured(Encoding.UTF8.GetBytes(body)), Is.EqualTo(structured));
}
