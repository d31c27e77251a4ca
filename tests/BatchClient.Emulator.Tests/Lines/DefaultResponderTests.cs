using System.Buffers.Binary;
using System.Text.Json;
using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Lines;

public sealed class DefaultResponderTests
{
    [TestCase("""{"messages":[{"role":"user","content":"hi"}]}""", "Echo: hi")]
    [TestCase("""{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two"},{"role":"user","content":"three"}]}""", "Echo: three")]
    [TestCase("""{"messages":[{"role":"user","content":[{"type":"text","text":"a"},{"type":"image_url"},{"type":"text","text":"b"}]}]}""", "Echo: ab")]
    [TestCase("""{"messages":[{"role":"system","content":"x"}]}""", "Echo: ")]
    [TestCase("""{}""", "Echo: ")]
    public void Default_ForChat_EchoesTheLastUserMessage(string body, string expected)
    {
        JsonElement answer = Answer("/v1/chat/completions", body);

        Assert.That(answer.Text("object"), Is.EqualTo("chat.completion"));
        Assert.That(answer.GetProperty("choices")[0].Text("message", "content"), Is.EqualTo(expected));
        Assert.That(answer.GetProperty("choices")[0].Text("finish_reason"), Is.EqualTo("stop"));
        Assert.That(answer.Number("usage", "total_tokens"),
            Is.EqualTo(answer.Number("usage", "prompt_tokens") + answer.Number("usage", "completion_tokens")).And.Positive);
    }

    [TestCase("""{"input":"hi"}""")]
    [TestCase("""{"input":[{"role":"user","content":[{"type":"input_text","text":"hi"}]}]}""")]
    public void Default_ForResponses_EchoesTheInput(string body)
    {
        JsonElement answer = Answer("/v1/responses", body);

        Assert.That(answer.Text("object"), Is.EqualTo("response"));
        Assert.That(answer.GetProperty("output")[0].GetProperty("content")[0].Text("text"), Is.EqualTo("Echo: hi"));
        Assert.That(answer.Number("usage", "input_tokens"), Is.Positive);
    }

    [Test]
    public void Default_ForEmbeddings_HasOneVectorPerInput()
    {
        JsonElement answer = Answer("/v1/embeddings", """{"input":["a","b","a"]}""");

        string[] vectors = [.. answer.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("embedding").GetRawText())];
        Assert.That(vectors, Has.Length.EqualTo(3));
        Assert.That(vectors[0], Is.EqualTo(vectors[2]).And.Not.EqualTo(vectors[1]));
    }

    [TestCase("""{"input":"a"}""", 8)]
    [TestCase("""{"input":"a","dimensions":3}""", 3)]
    [TestCase("""{"input":[1,2,3],"dimensions":20}""", 20)]
    public void Default_ForEmbeddings_HasTheDimensionsAskedFor(string body, int dimensions)
    {
        JsonElement answer = Answer("/v1/embeddings", body);

        Assert.That(answer.GetProperty("data").EnumerateArray().Single().GetProperty("embedding").GetArrayLength(), Is.EqualTo(dimensions));
    }

    [Test]
    public void Default_ForEmbeddingsInBase64_HasTheSameNumbers()
    {
        JsonElement numbers = Answer("/v1/embeddings", """{"input":"a"}""").GetProperty("data")[0].GetProperty("embedding");
        byte[] bytes = Answer("/v1/embeddings", """{"input":"a","encoding_format":"base64"}""").GetProperty("data")[0].GetProperty("embedding").GetBytesFromBase64();

        Assert.That(
            Enumerable.Range(0, bytes.Length / 4).Select(i => BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(4 * i))),
            Is.EqualTo(numbers.EnumerateArray().Select(number => number.GetSingle())));
    }

    [TestCase("""{"prompt":"hi"}""", new[] { "Echo: hi" })]
    [TestCase("""{"prompt":["a","b"]}""", new[] { "Echo: a", "Echo: b" })]
    [TestCase("""{"prompt":[1,2]}""", new[] { "Echo: " })]
    [TestCase("""{}""", new[] { "Echo: " })]
    public void Default_ForCompletions_HasOneChoicePerPrompt(string body, string[] texts)
    {
        JsonElement choices = Answer("/v1/completions", body).GetProperty("choices");

        Assert.That(choices.EnumerateArray().Select(choice => choice.Text("text")), Is.EqualTo(texts));
        Assert.That(choices.EnumerateArray().Select(choice => choice.Number("index")), Is.EqualTo(Enumerable.Range(0, texts.Length)));
    }

    [TestCase("/v1/completions", """{"prompt":"hi"}""", "text_completion")]
    [TestCase("/v1/somethings", """{}""", "somethings")]
    public void Default_ForOtherUrls_IsShapedByTheUrl(string url, string body, string expected) =>
        Assert.That(Answer(url, body).Text("object"), Is.EqualTo(expected));

    [TestCase("""{"input":"x"}""", 1)]
    [TestCase("""{"input":["x","y"]}""", 2)]
    [TestCase("""{"input":[{"type":"text","text":"x"},{"type":"image_url"}]}""", 1)]
    public void Default_ForModerations_FlagsNothingInAnyInput(string body, int count)
    {
        JsonElement[] results = [.. Answer("/v1/moderations", body).GetProperty("results").EnumerateArray()];

        Assert.That(results, Has.Length.EqualTo(count));
        Assert.That(results.Select(result => result.GetProperty("flagged").GetBoolean()), Has.All.False);
        Assert.That(results.SelectMany(result => result.GetProperty("categories").EnumerateObject()).Select(category => category.Value.GetBoolean()), Has.All.False);
    }

    [Test]
    public void Default_ForTheSameRequest_IsTheSame()
    {
        const string body = """{"model":"m","messages":[{"role":"user","content":"hi"}]}""";

        JsonElement first = Answer("/v1/chat/completions", body);
        JsonElement second = Answer("/v1/chat/completions", body);

        Assert.That(first.GetRawText(), Is.EqualTo(second.GetRawText()));
        Assert.That(first.Text("model"), Is.EqualTo("m"));
    }

    [TestCase("""{"type":"string"}""", "\"text\"")]
    [TestCase("""{"type":"string","enum":["b","a"]}""", "\"b\"")]
    [TestCase("""{"const":7}""", "7")]
    [TestCase("""{"type":"integer"}""", "1")]
    [TestCase("""{"type":"integer","minimum":5}""", "5")]
    [TestCase("""{"type":"number","maximum":0.5}""", "0.5")]
    [TestCase("""{"type":"boolean"}""", "true")]
    [TestCase("""{"type":["null","string"]}""", "\"text\"")]
    [TestCase("""{"anyOf":[{"type":"null"},{"type":"integer"}]}""", "1")]
    [TestCase("""{"type":"array","items":{"type":"boolean"},"minItems":2}""", "[true,true]")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"string","maxLength":2},"b":{"type":"object","properties":{}}}}""", """{"a":"te","b":{}}""")]
    [TestCase("""{"type":"object","properties":{"x":{"$ref":"#/$defs/n"}},"$defs":{"n":{"type":"integer"}}}""", """{"x":1}""")]
    [TestCase("""{"type":"string","format":"date-time"}""", "\"2026-01-01T00:00:00Z\"")]
    public void Default_WithAJsonSchema_IsAnInstanceOfIt(string schema, string expected)
    {
        JsonElement chat = Answer("/v1/chat/completions", $$$"""{"response_format":{"type":"json_schema","json_schema":{"name":"x","schema":{{{schema}}} } } }""");
        JsonElement response = Answer("/v1/responses", $$$"""{"input":"x","text":{"format":{"type":"json_schema","name":"x","schema":{{{schema}}} } } }""");

        Assert.That(chat.GetProperty("choices")[0].Text("message", "content"), Is.EqualTo(expected));
        Assert.That(response.GetProperty("output")[0].GetProperty("content")[0].Text("text"), Is.EqualTo(expected));
    }

    [TestCase("""{"type":"object","properties":{"next":{"anyOf":[{"$ref":"#"},{"type":"null"}]}}}""")]
    [TestCase("""{"type":"object","properties":{"next":{"type":"array","items":{"$ref":"#"}}}}""")]
    [TestCase("""{"$ref":"#"}""")]
    public void Default_WithASchemaThatRefersToItself_Ends(string schema)
    {
        JsonElement chat = Answer("/v1/chat/completions", $$$"""{"response_format":{"json_schema":{"schema":{{{schema}}} } } }""");

        Assert.That(() => JsonDocument.Parse(chat.GetProperty("choices")[0].Text("message", "content")!), Throws.Nothing);
    }

    private static JsonElement Answer(string url, string body)
    {
        EmulatedRequest request = new(1, "a", url, JsonDocument.Parse(body).RootElement);
        return JsonDocument.Parse(EmulatedResponse.Default(request).Body).RootElement;
    }
}
