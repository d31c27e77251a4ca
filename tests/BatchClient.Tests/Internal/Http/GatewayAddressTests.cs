using BatchGateway.Internal.Http;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Internal.Http;

public sealed class GatewayAddressTests
{
    [TestCase("acme.example", "/v1", "https://acme.example/v1/batches")]
    [TestCase("acme.example/", "/v1/", "https://acme.example/v1/batches")]
    [TestCase("acme.example///", "v1", "https://acme.example/v1/batches")]
    [TestCase("acme.example:8443", "/v1", "https://acme.example:8443/v1/batches")]
    [TestCase("  acme.example  ", " /v1 ", "https://acme.example/v1/batches")]
    [TestCase("https://acme.example", "/api/llm/api/inference/openai", "https://acme.example/api/llm/api/inference/openai/batches")]
    [TestCase("HTTPS://acme.example/", "/v1", "https://acme.example/v1/batches")]
    [TestCase("http://localhost:5000", "/v1", "http://localhost:5000/v1/batches")]
    [TestCase("https://acme.example/gateway", "/v1", "https://acme.example/gateway/v1/batches")]
    [TestCase("acme.example/gateway/", "/v1", "https://acme.example/gateway/v1/batches")]
    [TestCase("https://acme.example", "", "https://acme.example/batches")]
    [TestCase("https://acme.example/", null, "https://acme.example/batches")]
    [TestCase("https://acme.example/v1", "/", "https://acme.example/v1/batches")]
    [TestCase("http://[::1]:8080", "/v1", "http://[::1]:8080/v1/batches")]
    [TestCase("[2001:db8::1]", "/v1", "https://[2001:db8::1]/v1/batches")]
    [TestCase("https://127.0.0.1:1/", "/v1", "https://127.0.0.1:1/v1/batches")]
    public void For_ControlPlaneAndPath_MakeOneUrl(string controlPlaneUrl, string? apiPath, string expected) =>
        Assert.That(GatewayAddress.Parse(controlPlaneUrl, apiPath).For("/batches").AbsoluteUri, Is.EqualTo(expected));

    [TestCase("arn%3Aaws%2Fx")]
    [TestCase("a%2e%2eb")]
    public void For_EscapedId_StaysAsItIs(string segment) =>
        Assert.That(GatewayAddress.Parse("acme.example", "/v1").For("/batches/" + segment).AbsoluteUri, Does.EndWith("/v1/batches/" + segment));

    [TestCase(null, "/v1", "ControlPlaneUrl is missing")]
    [TestCase("  ", "/v1", "ControlPlaneUrl is missing")]
    [TestCase("acme example", "/v1", "neither a host nor a URL")]
    [TestCase("https://", "/v1", "neither a host nor a URL")]
    [TestCase("acme.example:port", "/v1", "neither a host nor a URL")]
    [TestCase("::1", "/v1", "neither a host nor a URL")]
    [TestCase("//acme.example", "/v1", "neither a host nor a URL")]
    [TestCase("ftp://acme.example", "/v1", "scheme 'ftp'")]
    [TestCase("https://me:secret@acme.example", "/v1", "user name or password")]
    [TestCase("https://acme.example?x=1", "/v1", "query or a fragment")]
    [TestCase("https://acme.example/#top", "/v1", "query or a fragment")]
    [TestCase("acme.example", "https://other.example/v1", "ApiPath is no path")]
    [TestCase("acme.example", "/v1?x=1", "ApiPath is no path")]
    [TestCase("acme.example", "/v 1", "ApiPath is no path")]
    [TestCase("acme.example", "\\v1", "ApiPath is no path")]
    public void TryParse_NoAddress_SaysWhy(string? controlPlaneUrl, string? apiPath, string problem)
    {
        bool parsed = GatewayAddress.TryParse(controlPlaneUrl, apiPath, out _, out string? said);

        Assert.That(parsed, Is.False);
        Assert.That(said, Does.Contain(problem).And.Not.Contain("secret"));
    }

    [TestCase("http://localhost", true)]
    [TestCase("http://a.localhost", true)]
    [TestCase("http://127.0.0.2", true)]
    [TestCase("http://[::1]", true)]
    [TestCase("http://[::ffff:127.0.0.1]", true)]
    [TestCase("http://localhost.example", false)]
    [TestCase("http://10.0.0.1", false)]
    [TestCase("http://acme.example", false)]
    public void IsLoopback_Host_IsTold(string url, bool loopback) =>
        Assert.That(GatewayAddress.Parse(url, null).IsLoopback, Is.EqualTo(loopback));

    [TestCase("arn:aws:bedrock:x/y", "https://gateway.example/v1/batches/arn%3Aaws%3Abedrock%3Ax%2Fy")]
    [TestCase("arn%3Aaws%3Abedrock%3Ax%2Fy", "https://gateway.example/v1/batches/arn%3Aaws%3Abedrock%3Ax%2Fy")]
    public async Task Get_OpaqueId_IsEscapedOnceOnTheWire(string id, string url)
    {
        using StubbedClient gateway = new(StubHandler.Json("""{"id":"batch_1"}"""));

        await gateway.Client.Batches.GetAsync(id);

        Assert.That(gateway.Stub.Requests.Single().Uri.AbsoluteUri, Is.EqualTo(url));
    }
}
