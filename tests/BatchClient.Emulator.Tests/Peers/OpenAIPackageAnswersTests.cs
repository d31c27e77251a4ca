#pragma warning disable OPENAI001 // Parts of the OpenAI package are marked as experimental.
using System.ClientModel.Primitives;
using System.Text.Json;
using OpenAI.Chat;
using OpenAI.Embeddings;
using OpenAI.Moderations;
using OpenAI.Responses;

namespace BatchGateway.Emulator.Tests.Peers;

/// <summary>OpenAI's own .NET package reads the bodies that lines get by default.</summary>
public sealed class OpenAIPackageAnswersTests
{
    [Test]
    public void Default_ForChat_IsAChatCompletion()
    {
        ChatCompletion answer = Read<ChatCompletion>("/v1/chat/completions", """{"model":"m","messages":[{"role":"user","content":"hi"}]}""");

        Assert.That(answer.Content.Single().Text, Is.EqualTo("Echo: hi"));
        Assert.That((answer.Model, answer.FinishReason, answer.Role), Is.EqualTo(("m", ChatFinishReason.Stop, ChatMessageRole.Assistant)));
        Assert.That(answer.Usage.TotalTokenCount, Is.EqualTo(answer.Usage.InputTokenCount + answer.Usage.OutputTokenCount));
    }

    [Test]
    public void Default_ForResponses_IsAResponse()
    {
        ResponseResult answer = Read<ResponseResult>("/v1/responses", """{"model":"m","input":"hi"}""");

        Assert.That(answer.GetOutputText(), Is.EqualTo("Echo: hi"));
        Assert.That((answer.Model, answer.Status), Is.EqualTo(("m", (ResponseStatus?)ResponseStatus.Completed)));
        Assert.That(answer.Usage.TotalTokenCount, Is.Positive);
    }

    [TestCase("float")]
    [TestCase("base64")]
    public void Default_ForEmbeddings_IsACollectionOfVectors(string encoding)
    {
        OpenAIEmbeddingCollection answer = Read<OpenAIEmbeddingCollection>(
            "/v1/embeddings", $$"""{"model":"m","input":["a","b"],"dimensions":5,"encoding_format":"{{encoding}}"}""");

        Assert.That(answer.Select(embedding => embedding.Index), Is.EqualTo(new[] { 0, 1 }));
        Assert.That(answer.Select(embedding => embedding.ToFloats().Length), Has.All.EqualTo(5));
        Assert.That(answer.Model, Is.EqualTo("m"));
    }

    [Test]
    public void Default_ForModerations_IsACollectionOfResults()
    {
        ModerationResultCollection answer = Read<ModerationResultCollection>("/v1/moderations", """{"model":"m","input":["a","b"]}""");

        Assert.That(answer.Select(result => result.Flagged), Is.EqualTo(new[] { false, false }));
        Assert.That(answer[0].SelfHarmInstructions.Flagged, Is.False);
        Assert.That(answer.Model, Is.EqualTo("m"));
    }

    private static T Read<T>(string url, string body)
        where T : IPersistableModel<T>
    {
        EmulatedRequest request = new(1, "a", url, JsonDocument.Parse(body).RootElement);
        return ModelReaderWriter.Read<T>(BinaryData.FromString(EmulatedResponse.Default(request).Body))!;
    }
}
