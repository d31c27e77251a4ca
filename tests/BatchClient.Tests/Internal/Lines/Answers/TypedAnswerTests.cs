using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
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

    [TestCase("""{"choices":[{"message":{"content":null},"finish_reason":"content_filter"}]}""", "(finish_reason content_filter)")]
    [TestCase("""{"choices":[{"message":{"content":null,"tool_calls":[]},"finish_reason":"tool_calls"}]}""", "(finish_reason tool_calls)")]
    [TestCase("""{"status":"completed","output":[{"type":"reasoning","summary":[]}]}""", "(status completed)")]
    [TestCase("""{"choices":[]}""", "no text.")]
    [TestCase("""{"\u0063hoices":[],"mood":"good"}""", "no text.")]
    public void Read_ModelAnswerWithoutText_IsNotAnEmptyAnswer(string body, string ending) =>
        Assert.That(() => Read(body), Throws.TypeOf<JsonException>().With.Message.Contains("no text").And.Message.Contains(ending));

    [TestCase("{}")]
    [TestCase("""{"label":"good"}""")]
    [TestCase("""{"label":null,"score":1}""")]
    [TestCase("""{"data":[]}""")]
    public void Read_MembersThatAreMissingOrNull_AreNotMadeUp(string answer)
    {
        string text = JsonSerializer.Serialize(answer, FeelingJson.Default.String);

        Assert.That(() => Read($$$"""{"choices":[{"message":{"content":{{{text}}}}}]}""", FeelingJson.Default.Sentiment), Throws.TypeOf<JsonException>());
        Assert.That(() => Read(answer, FeelingJson.Default.Sentiment), Throws.TypeOf<JsonException>());
    }

    [Test]
    public void Read_AllMembersThere_IsRead() => Assert.That(
        Read("""{"label":"good","score":0.5}""", FeelingJson.Default.Sentiment), Is.EqualTo(new Sentiment("good", 0.5)));

    /// <summary>Without a resolver there is nowhere to ask for a stricter one.</summary>
    [Test]
    public void Read_TypeThatIsNotFromAResolver_IsReadAsItIs()
    {
        JsonTypeInfo<Feeling> type = JsonTypeInfo.CreateJsonTypeInfo<Feeling>(new JsonSerializerOptions { TypeInfoResolver = FeelingJson.Default });
        type.CreateObject = () => new Feeling("made");

        Assert.That(Read("{}", type).Mood, Is.EqualTo("made"));
    }

    private static T Read<T>(string body, JsonTypeInfo<T> type) => TypedAnswer.Read(
        new BatchResultLine { Kind = BatchOutcomeKind.Succeeded, Body = Encoding.UTF8.GetBytes(body) }, type);

    private static Feeling Read(string body) => Read(body, FeelingJson.Default.Feeling);

    internal sealed record Feeling([property: JsonPropertyName("mood")] string? Mood);

    internal sealed record Sentiment([property: JsonPropertyName("label")] string Label, [property: JsonPropertyName("score")] double Score);

    [JsonSerializable(typeof(Feeling))]
    [JsonSerializable(typeof(Sentiment))]
    [JsonSerializable(typeof(string))]
    internal sealed partial class FeelingJson : JsonSerializerContext;
}
