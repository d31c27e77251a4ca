using System.Text.Json;
using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Http;

public sealed class GatewayMetadataTests
{
    [TestCase("{}")]
    [TestCase("""{"team":"search","run":""}""")]
    public async Task Send_WithMetadataOfItsForm_IsAdmitted(string metadata) => Assert.That((await SendAsync(metadata)).Status, Is.EqualTo(200));

    [TestCase("")]
    [TestCase("team=search")]
    [TestCase("[]")]
    [TestCase("\"team\"")]
    [TestCase("""{"team":1}""")]
    [TestCase("""{"a":"b","team":null}""")]
    [TestCase("""{"team":"\ud800"}""")]
    public async Task Send_WithMalformedMetadata_Answers400NamingTheHeader(string metadata)
    {
        Answer answer = await SendAsync(metadata);

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Error.Text("param"), Is.EqualTo("x-tfy-metadata"));
    }

    [TestCase(128, 200)]
    [TestCase(129, 400)]
    public async Task Send_WithALongValue_IsHeldToTheLimit(int length, int status)
    {
        string metadata = JsonSerializer.Serialize(new Dictionary<string, string> { ["short"] = "x", ["long"] = new string('v', length) });

        Assert.That((await SendAsync(metadata)).Status, Is.EqualTo(status));
    }

    private static async Task<Answer> SendAsync(string metadata)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        HttpRequestMessage request = gateway.Request(HttpMethod.Get, "/files");
        request.Headers.TryAddWithoutValidation("x-tfy-metadata", metadata);
        return await gateway.SendAsync(request);
    }
}
