using System.Text.Json;
using BatchGateway.Internal.Json;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Lines.Bodies;

public sealed class ChatMessageTests
{
    private static readonly ChatMessage[] Messages =
    [
        ChatMessage.User("Grüße, \"you\" & <them>\n日本 😀"),
        ChatMessage.System(""),
        new ChatMessage(),
        new ChatMessage { Role = "assistant", Content = "a", Refusal = "b" },
        new ChatMessage { Role = "user", ContentJson = Json("""[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"u"}}]""") },
        new ChatMessage { ContentJson = Json("\"\\u0041\""), AdditionalProperties = new Dictionary<string, JsonElement> { ["name"] = Json("\"n\""), ["tool_calls"] = Json("[]") } },
    ];

    [TestCaseSource(nameof(Messages))]
    public void Write_Message_IsWhatSystemTextJsonWrites(ChatMessage message) => Assert.That(
        JsonSerializer.Serialize(message, BatchJsonContext.Default.ChatMessage), Is.EqualTo(JsonSerializer.Serialize(message, ReferenceJson.Default.ChatMessage)));

    [TestCaseSource(nameof(Messages))]
    public void Read_MessageThatWasWritten_IsTheSame(ChatMessage message)
    {
        string json = JsonSerializer.Serialize(message, BatchJsonContext.Default.ChatMessage);

        ChatMessage read = JsonSerializer.Deserialize(json, BatchJsonContext.Default.ChatMessage)!;

        Assert.That(ModelText.Of(read), Is.EqualTo(ModelText.Of(JsonSerializer.Deserialize(json, ReferenceJson.Default.ChatMessage)!)));
        Assert.That(JsonSerializer.Serialize(read, BatchJsonContext.Default.ChatMessage), Is.EqualTo(json));
    }

    [Test]
    public void ContentJson_OfAText_IsAString() => Assert.That(ChatMessage.User("a\"b").ContentJson!.Value.GetString(), Is.EqualTo("a\"b"));

    [Test]
    public void Content_OfJson_IsItsText()
    {
        Assert.That(Messages[4].Content, Is.EqualTo("a"));
        Assert.That(Messages[5].Content, Is.EqualTo("A"));
        Assert.That(new ChatMessage { ContentJson = Json("{}") }.Content, Is.Null);
    }

    [Test]
    public void Content_SetToNull_IsNone()
    {
        ChatMessage message = ChatMessage.User("a") with { Content = null };

        Assert.That(message.Content, Is.Null);
        Assert.That(message.ContentJson, Is.Null);
    }

    [Test]
    public void Equals_SameText_IsTrue() => Assert.That(new ChatMessage { Role = "user", Content = "a" }, Is.EqualTo(ChatMessage.User("a")));

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
