using System.Text;
using System.Text.Json;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Lines;

public sealed class BatchResultLineTests
{
    [TestCase("""{"choices":[{"message":{"content":"hi"}}]}""", "hi", TestName = "ChatText_Chat")]
    [TestCase("""{"choices":[{"message":{"content":"first"}},{"message":{"content":"second"}}]}""", "first", TestName = "ChatText_ChatWithMoreChoices")]
    [TestCase("""{"choices":[{"message":{"content":[{"type":"text","text":"a"},{"type":"image_url"},{"type":"text","text":"b"}]}}]}""", "ab", TestName = "ChatText_ChatWithParts")]
    [TestCase("""{"choices":[{"message":{"content":""}}]}""", "", TestName = "ChatText_ChatWithEmptyText")]
    [TestCase("""{"choices":[{"message":{"content":null,"refusal":"I will not."}}]}""", null, TestName = "ChatText_ChatRefusal")]
    [TestCase("""{"choices":[{"message":{"content":null,"tool_calls":[{}]}}]}""", null, TestName = "ChatText_ChatWithToolCalls")]
    [TestCase("""{"choices":[{"message":null}]}""", null, TestName = "ChatText_ChatWithoutMessage")]
    [TestCase("""{"choices":[]}""", null, TestName = "ChatText_ChatWithoutChoices")]
    [TestCase("""{"choices":null}""", null, TestName = "ChatText_ChatWithChoicesNull")]
    [TestCase("""{"output":[{"type":"reasoning","summary":[]},{"type":"message","content":[{"type":"output_text","text":"a"},{"type":"output_text","text":"b"}]}]}""", "ab", TestName = "ChatText_Response")]
    [TestCase("""{"output":[{"type":"message","content":[{"type":"refusal","refusal":"I will not."}]}]}""", null, TestName = "ChatText_ResponseRefusal")]
    [TestCase("""{"output":[]}""", null, TestName = "ChatText_ResponseWithoutOutput")]
    [TestCase("""{"object":"list","data":[{"embedding":[0.5]}]}""", null, TestName = "ChatText_Embeddings")]
    [TestCase("\"text\"", null, TestName = "ChatText_BodyIsText")]
    [TestCase("[1]", null, TestName = "ChatText_BodyIsArray")]
    [TestCase("", null, TestName = "ChatText_NoBody")]
    [TestCase("{\"choices\":[", null, TestName = "ChatText_BodyIsNoJson")]
    public void ChatText_Body_IsFound(string body, string? text) => Assert.That(Line(body).ChatText, Is.EqualTo(text));

    [Test]
    public void ReadChat_Answer_HasItsMembers()
    {
        ChatAnswer answer = Line("""{"id":"c1","object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"hi","tool_calls":[]},"finish_reason":"stop","logprobs":null}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}""").ReadChat()!;

        Assert.That(ModelText.Of(answer), Is.EqualTo("""
            Id: "c1"
            Model: "m"
            Choices[0]:
              Index: 0
              Message:
                Role: "assistant"
                Content: "hi"
                ContentJson: "hi"
                AdditionalProperties[tool_calls]: []
              FinishReason: "stop"
              AdditionalProperties[logprobs]: null
            Usage:
              InputTokens: 1
              OutputTokens: 2
              TotalTokens: 3
            Text: "hi"
            AdditionalProperties[object]: "chat.completion"

            """));
    }

    [Test]
    public void ReadChat_Refusal_IsKept() =>
        Assert.That(Line("""{"choices":[{"message":{"content":null,"refusal":"I will not."}}]}""").ReadChat()!.Choices[0].Message!.Refusal, Is.EqualTo("I will not."));

    [TestCase("{}")]
    [TestCase("""{"choices":null}""")]
    public void ReadChat_NoChoices_IsAnEmptyList(string body)
    {
        ChatAnswer answer = Line(body).ReadChat()!;

        Assert.That(answer.Choices, Is.Empty);
        Assert.That(answer.Text, Is.Null);
    }

    [Test]
    public void ReadResponse_Answer_HasItsMembers()
    {
        ResponsesAnswer answer = Line("""{"id":"r1","object":"response","model":"m","status":"completed","output":[{"type":"message","content":[{"type":"output_text","text":"hi"}]}],"usage":{"input_tokens":1,"output_tokens":2,"total_tokens":3}}""").ReadResponse()!;

        Assert.That(ModelText.Of(answer), Is.EqualTo("""
            Id: "r1"
            Model: "m"
            Status: "completed"
            Output: [{"type":"message","content":[{"type":"output_text","text":"hi"}]}]
            Usage:
              InputTokens: 1
              OutputTokens: 2
              TotalTokens: 3
            Text: "hi"
            AdditionalProperties[object]: "response"

            """));
    }

    [Test]
    public void ReadEmbeddings_Answer_HasItsMembers()
    {
        EmbeddingsAnswer answer = Line("""{"object":"list","model":"m","data":[{"object":"embedding","index":0,"embedding":[0.5,-1,2e-3]}],"usage":{"prompt_tokens":1,"total_tokens":1}}""").ReadEmbeddings()!;

        Assert.That(answer.Model, Is.EqualTo("m"));
        Assert.That(answer.Data.Single().Vector, Is.EqualTo(new[] { 0.5f, -1f, 0.002f }));
        Assert.That(answer.Data.Single().AdditionalProperties["object"].GetString(), Is.EqualTo("embedding"));
        Assert.That(answer.Usage!.InputTokens, Is.EqualTo(1));
    }

    [TestCase("{}")]
    [TestCase("""{"data":null}""")]
    public void ReadEmbeddings_NoData_IsAnEmptyList(string body) => Assert.That(Line(body).ReadEmbeddings()!.Data, Is.Empty);

    [Test]
    public void ReadEmbeddings_NullAmongTheData_IsLeftOut() =>
        Assert.That(Line("{\"data\":[null,{\"index\":1},null]}").ReadEmbeddings()!.Data.Select(one => one.Index), Is.EqualTo(new[] { 1 }));

    [TestCase("{\"choices\":[null]}", null)]
    [TestCase("{\"choices\":[null,{\"message\":{\"content\":\"a\"}},null,{\"message\":{\"content\":\"b\"}}]}", "a")]
    [TestCase("{\"\\u0063hoices\":[null,{\"message\":{\"content\":\"a\"}}]}", "a")]
    public void ReadChat_NullAmongTheChoices_IsLeftOut(string body, string? text)
    {
        Assert.That(Line(body).ReadChat()!.Choices, Has.All.Not.Null);
        Assert.That((Line(body).ReadChat()!.Text, Line(body).ChatText), Is.EqualTo((text, text)));
    }

    [TestCase("\"text\"")]
    [TestCase("{")]
    public void ReadChat_BodyThatDoesNotFit_ThrowsJsonException(string body) => Assert.That(() => Line(body).ReadChat(), Throws.InstanceOf<JsonException>());

    [Test]
    public void ReadBody_NoBody_IsNull()
    {
        Assert.That(Line("").ReadChat(), Is.Null);
        Assert.That(Line("").ReadResponse(), Is.Null);
        Assert.That(Line("").ReadEmbeddings(), Is.Null);
    }

    private static BatchResultLine Line(string body) => new() { Kind = BatchOutcomeKind.Succeeded, Body = Encoding.UTF8.GetBytes(body) };
}
