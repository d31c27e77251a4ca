using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using BatchGateway.Internal.Json;

namespace BatchGateway.Tests.Lines;

public sealed partial class BatchRequestLineTests
{
    [Test]
    public void Chat_UserAndSystem_IsWritten() => Assert.That(
        Written(BatchRequestLine.Chat("a", "m", "Hello.", system: "Kurz.")),
        Is.EqualTo("""{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[{"role":"system","content":"Kurz."},{"role":"user","content":"Hello."}]}}"""));

    [Test]
    public void Chat_UserOnly_IsWritten() => Assert.That(
        Written(BatchRequestLine.Chat("a", "m", "Hello.")),
        Is.EqualTo("""{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[{"role":"user","content":"Hello."}]}}"""));

    [Test]
    public void Chat_EveryMember_IsWritten() => Assert.That(
        Written(BatchRequestLine.Chat("a", new ChatRequest
        {
            Model = "m",
            Messages = [ChatMessage.Assistant("x"), new ChatMessage { Role = "user", ContentJson = Json("""[{"type":"text","text":"y"}]""") }],
            MaxCompletionTokens = 10,
            Temperature = 0.5,
            ResponseFormat = Json("""{"type":"json_object"}"""),
            AdditionalProperties = new Dictionary<string, JsonElement> { ["seed"] = Json("7") },
        })),
        Is.EqualTo("""{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[{"role":"assistant","content":"x"},{"role":"user","content":[{"type":"text","text":"y"}]}],"max_completion_tokens":10,"temperature":0.5,"response_format":{"type":"json_object"},"seed":7}}"""));

    [Test]
    public void Chat_NoModel_LeavesItOut() => Assert.That(
        Written(BatchRequestLine.Chat("a", new ChatRequest())),
        Is.EqualTo("""{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"messages":[]}}"""));

    [Test]
    public void Responses_EveryMember_IsWritten() => Assert.That(
        Written(BatchRequestLine.Responses("a", new ResponsesRequest
        {
            Model = "m",
            Input = "x",
            Instructions = "y",
            MaxOutputTokens = 10,
            AdditionalProperties = new Dictionary<string, JsonElement> { ["store"] = Json("false") },
        })),
        Is.EqualTo("""{"custom_id":"a","method":"POST","url":"/v1/responses","body":{"model":"m","input":"x","instructions":"y","max_output_tokens":10,"store":false}}"""));

    [Test]
    public void Responses_OtherInput_GoesIntoTheAdditionalProperties() => Assert.That(
        Written(BatchRequestLine.Responses("a", new ResponsesRequest { Model = "m", AdditionalProperties = new Dictionary<string, JsonElement> { ["input"] = Json("[]") } })),
        Is.EqualTo("""{"custom_id":"a","method":"POST","url":"/v1/responses","body":{"model":"m","input":[]}}"""));

    [Test]
    public void Embeddings_EveryMember_IsWritten() => Assert.That(
        Written(BatchRequestLine.Embeddings("a", new EmbeddingsRequest
        {
            Model = "m",
            Input = ["x", "y"],
            Dimensions = 3,
            AdditionalProperties = new Dictionary<string, JsonElement> { ["user"] = Json("\"u\"") },
        })),
        Is.EqualTo("""{"custom_id":"a","method":"POST","url":"/v1/embeddings","body":{"model":"m","input":["x","y"],"dimensions":3,"user":"u"}}"""));

    [Test]
    public void Create_BodyOfTheCallersType_IsWrittenByItsOwnContext() => Assert.That(
        Written(BatchRequestLine.Create("a", BatchEndpoint.Moderations, new Probe("m", "x"), ProbeJson.Default.Probe)),
        Is.EqualTo("""{"custom_id":"a","method":"POST","url":"/v1/moderations","body":{"model":"m","input_text":"x"}}"""));

    [Test]
    public void Create_IndentedContext_IsWrittenOnOneLine() => Assert.That(
        Written(BatchRequestLine.Create("a", BatchEndpoint.Moderations, new Probe("m", "x"), new ProbeJson(new JsonSerializerOptions { WriteIndented = true }).Probe)),
        Does.Not.Contain("\n"));

    [Test]
    public void Create_JsonAndNoEndpoint_LeavesMethodAndUrlOut() => Assert.That(
        Written(BatchRequestLine.Create("a", default, Json("""{"x":1}"""))), Is.EqualTo("""{"custom_id":"a","body":{"x":1}}"""));

    [Test]
    public void Create_Null_Throws()
    {
        Assert.That(() => BatchRequestLine.Create<Probe>("a", default, null!, ProbeJson.Default.Probe), Throws.ArgumentNullException);
        Assert.That(() => BatchRequestLine.Create("a", default, new Probe("m", "x"), null!), Throws.ArgumentNullException);
        Assert.That(() => BatchRequestLine.Chat("a", null!, "x"), Throws.ArgumentNullException);
        Assert.That(() => BatchRequestLine.Chat("a", "m", user: null!), Throws.ArgumentNullException);
    }

    [TestCase("""{"model":"m","messages":[{"role":"user","content":"x","name":"n"}],"max_completion_tokens":1,"temperature":0.5,"response_format":{"type":"text"},"seed":7,"tools":[{"a":null}]}""")]
    [TestCase("""{"messages":[]}""")]
    public void ChatRequest_ReadAndWritten_IsTheSame(string json) =>
        AssertSame(JsonSerializer.Serialize(JsonSerializer.Deserialize(json, BatchJsonContext.Default.ChatRequest)!, BatchJsonContext.Default.ChatRequest), json);

    [TestCase("""{"model":"m","input":"x","instructions":"i","max_output_tokens":1,"text":{"format":{"type":"text"}}}""")]
    public void ResponsesRequest_ReadAndWritten_IsTheSame(string json) => AssertSame(
        JsonSerializer.Serialize(JsonSerializer.Deserialize(json, BatchJsonContext.Default.ResponsesRequest)!, BatchJsonContext.Default.ResponsesRequest), json);

    [TestCase("""{"model":"m","input":["x"],"dimensions":1,"encoding_format":"float"}""")]
    public void EmbeddingsRequest_ReadAndWritten_IsTheSame(string json) => AssertSame(
        JsonSerializer.Serialize(JsonSerializer.Deserialize(json, BatchJsonContext.Default.EmbeddingsRequest)!, BatchJsonContext.Default.EmbeddingsRequest), json);

    private static void AssertSame(string written, string json)
    {
        using JsonDocument left = JsonDocument.Parse(written), right = JsonDocument.Parse(json);
        Assert.That(JsonElement.DeepEquals(left.RootElement, right.RootElement), Is.True, written);
    }

    private static string Written(BatchRequestLine line)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter writer = new(bytes))
            line.WriteTo(writer);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    internal sealed record Probe([property: JsonPropertyName("model")] string Model, [property: JsonPropertyName("input_text")] string Text);

    [JsonSerializable(typeof(Probe))]
    internal sealed partial class ProbeJson : JsonSerializerContext;
}
