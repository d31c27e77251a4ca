using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using BatchGateway.Internal.Lines;

namespace BatchGateway.Tests.Internal.Lines;

public sealed partial class TypedAnswerTests
{
    [TestCase("""{"choices":[{"message":{"content":"{\"mood\":\"good\"}"}}]}""")]
    [TestCase("""{"output":[{"content":[{"type":"output_text","text":"{\"mood\":\"good\"}"}]}]}""")]
    [TestCase("""{"mood":"good"}""")]
    public void Read_Answer_IsTheCallersType(string body) => Assert.That(Read(body).Mood, Is.EqualTo("good"));

    [TestCase("""{"choices":[{"message":{"content":null,"refusal":"I will not."}}]}""")]
    [TestCase("""{"output":[{"type":"reasoning"},{"type":"message","content":[{"type":"refusal","refusal":"I will not."}]}]}""")]
    public void Read_Refusal_SaysSoInsteadOfAnEmptyAnswer(string body) =>
        Assert.That(() => Read(body), Throws.TypeOf<JsonException>().With.Message.EqualTo("The model declined: I will not."));

    [TestCase("""{"choices":[{"message":{"content":"no json"}}]}""")]
    [TestCase("""{"choices":[{"message":{"content":"null"}}]}""")]
    [TestCase("")]
    public void Read_NothingThatFits_Throws(string body) => Assert.That(() => Read(body), Throws.InstanceOf<JsonException>());

    private static Feeling Read(string body) => TypedAnswer.Read(
        new BatchResultLine { Kind = BatchOutcomeKind.Succeeded, Body = Encoding.UTF8.GetBytes(body) }, FeelingJson.Default.Feeling);

    internal sealed record Feeling([property: JsonPropertyName("mood")] string? Mood);

    [JsonSerializable(typeof(Feeling))]
    internal sealed partial class FeelingJson : JsonSerializerContext;
}
