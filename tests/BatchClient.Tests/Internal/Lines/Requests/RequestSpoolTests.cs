using System.Text.Json;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Internal.Lines;

public sealed class RequestSpoolTests
{
    [Test]
    public async Task PrepareAsync_CustomIdThatIsNoText_IsRefusedForItWouldComeBackAsAnother()
    {
        using StubbedClient client = new(StubHandler.Json("{}"));

        BatchInputException? exception = await Assert.ThrowsAsync<BatchInputException>(
            () => client.Client.PrepareAsync([BatchRequestLine.Chat("a\ud800", "gpt-4o-mini", "Hello")]));

        Assert.That(exception!.LineNumber, Is.EqualTo(1));
        Assert.That(client.Stub.Requests, Is.Empty);
    }

    [TestCase("""{"model":"m","\ud800aaaa":1}""")]
    [TestCase("[deep]")]
    public async Task PrepareAsync_BodyThatCannotBeChecked_IsRefusedWithItsLine(string body)
    {
        using StubbedClient client = new(StubHandler.Json("{}"));
        string json = body == "[deep]" ? $$"""{"model":"m","x":{{new string('[', 1100)}}{{new string(']', 1100)}}}""" : body;
        using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1200 });

        BatchInputException? exception = await Assert.ThrowsAsync<BatchInputException>(
            () => client.Client.PrepareAsync([BatchRequestLine.Create("a", BatchEndpoint.ChatCompletions, document.RootElement)]));

        Assert.That(exception!.CustomId, Is.EqualTo("a"));
        Assert.That(client.Stub.Requests, Is.Empty);
    }
}
