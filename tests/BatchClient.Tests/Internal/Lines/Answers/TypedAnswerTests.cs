using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using BatchGateway.Internal.Lines;

namespace BatchGateway.Tests.Internal.Lines;

public sealed partial class TypedAnswerTests
{
    [TestCase("""{"choices":[{"message":{"content":"{\"mood\":\"good\"}"}}]}""")]
    [TestCase("""{"choices":[{"message":{"content":"{\"mood\":\"\u0067ood\"}"},"finish_reason":"length"}]}""")]
    [TestCase("""{"choices":[{"message":{"content":[{"type":"text","text":"{\"mood\":"},{"type":"text","text":"\"good\"}"}]}}]}""")]
    [TestCase("""{"output":[{"content":[{"type":"output_text","text":"{\"mood\":\"good\"}"}]}]}""")]
    [TestCase("""{"mood":"good"}""")]
    [TestCase("""{"mood":"bad","mood":"good"}""")]
    public void Read_Answer_IsTheCallersType(string body) => Assert.That(Read(body).Mood, Is.EqualTo("good"));

    [TestCase("""{"choices":[{"message":{"content":null,"refusal":"I will not."}}]}""")]
    [TestCase("""{"choices":[{"message":{"content":"","refusal":"I will not."}}]}""")]
    [TestCase("""{"output":[{"type":"reasoning"},{"type":"message","content":[{"type":"refusal","refusal":"I will not."}]}]}""")]
    public void Read_Refusal_SaysSoInsteadOfAnEmptyAnswer(string body) =>
        Assert.That(() => Read(body), Throws.TypeOf<JsonException>().With.Message.EqualTo("The model declined: I will not."));

    [TestCase("""{"choices":[{"message":{"content":"no json"}}]}""")]
    [TestCase("""{"choices":[{"message":{"content":"null"}}]}""")]
    [TestCase("")]
    public void Read_NothingThatFits_Throws(string body) => Assert.That(() => Read(body), Throws.InstanceOf<JsonException>());

    [TestCase("""{"choices":[{"message":{"content":"{\"mood\":\"go"},"finish_reason":"length"}]}""")]
    [TestCase("""{"choices":[{"message":{"content":null},"finish_reason":"length"}]}""")]
    [TestCase("""{"choices":[{"message":{"content":""},"finish_reason":"length"}]}""")]
    [TestCase("""{"status":"incomplete","output":[{"content":[{"text":"{\"mood\":\"go"}]}]}""")]
    [TestCase("""{"status":"incomplete","output":[]}""")]
    public void Read_AnswerThatWasCutShort_SaysThatMoreTokensAreNeeded(string body) =>
        Assert.That(() => Read(body), Throws.TypeOf<JsonException>().With.Message.Contains("cut short").And.Message.Contains("tokens"));

    [Test]
    public void Read_AnswerThatDoesNotFit_SaysWhatAndWhereAndHowItBegins()
    {
        string rest = new('x', 5000);

        JsonException? exception = Assert.Throws<JsonException>(
            () => Read($$$"""{"choices":[{"message":{"content":"{\"mood\":[1],\"rest\":\"{{{rest}}}\"}"},"finish_reason":"stop"}]}"""));

        Assert.That(exception!.Path, Is.EqualTo("$.mood"));
        Assert.That(exception.Message, Does.Contain("$.mood").And.Contain("Feeling").And.Contain("""The answer begins: {"mood":[1],"""));
        Assert.That(exception.Message, Has.Length.LessThan(400));
    }

    [Test]
    public void Read_LongRefusal_IsShortened() => Assert.That(
        () => Read($$$"""{"choices":[{"message":{"content":null,"refusal":"{{{new string('a', 5000)}}}"}}]}"""),
        Throws.TypeOf<JsonException>().With.Message.Length.LessThan(400));

    private static Feeling Read(string body) => TypedAnswer.Read(
        new BatchResultLine { Kind = BatchOutcomeKind.Succeeded, Body = Encoding.UTF8.GetBytes(body) }, FeelingJson.Default.Feeling);

    internal sealed record Feeling([property: JsonPropertyName("mood")] string? Mood);

    [JsonSerializable(typeof(Feeling))]
    internal sealed partial class FeelingJson : JsonSerializerContext;
}
