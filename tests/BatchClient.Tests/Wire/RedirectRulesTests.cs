using System.Net;
using System.Reflection;
using BatchGateway.Internal.Http;

namespace BatchGateway.Tests.Wire;

public sealed class RedirectRulesTests
{
    [TestCase("https://storage.example/x")]
    [TestCase("https://user:p@storage.example:8443/x")]
    [TestCase("https://10.0.0.1/x")]
    [TestCase("https://[2001:db8::1]/x")]
    public void Refusal_HttpsToElsewhere_IsNull(string target) =>
        Assert.That(Refusal("https://gateway.example", target), Is.Null);

    [TestCase("http://storage.example/x", "plain http")]
    [TestCase("http://gateway.example/x", "plain http")]
    [TestCase("https://localhost/x", "loopback or link-local")]
    [TestCase("https://LOCALHOST./x", "loopback or link-local")]
    [TestCase("https://a.localhost/x", "loopback or link-local")]
    [TestCase("http://127.0.0.1/x", "loopback or link-local")]
    [TestCase("https://127.0.0.1/x", "loopback or link-local")]
    [TestCase("https://127.9.9.9/x", "loopback or link-local")]
    [TestCase("https://2130706433/x", "loopback or link-local")]
    [TestCase("https://0x7f.1/x", "loopback or link-local")]
    [TestCase("https://0.0.0.0/x", "loopback or link-local")]
    [TestCase("https://[::1]/x", "loopback or link-local")]
    [TestCase("https://[::]/x", "loopback or link-local")]
    [TestCase("https://[::ffff:127.0.0.1]/x", "loopback or link-local")]
    [TestCase("https://[::ffff:169.254.169.254]/x", "loopback or link-local")]
    [TestCase("https://169.254.169.254/latest/meta-data", "loopback or link-local")]
    [TestCase("https://169.254.0.1/x", "loopback or link-local")]
    [TestCase("https://[fe80::1]/x", "loopback or link-local")]
    [TestCase("file:///etc/passwd", "no web address")]
    [TestCase("ftp://storage.example/x", "no web address")]
    [TestCase("relative", "no web address")]
    [TestCase(null, "no web address")]
    public void Refusal_FromARealGateway_SaysWhy(string? target, string why)
    {
        Assert.That(Refusal("https://gateway.example", target), Does.Contain(why));
        Assert.That(Refusal("http://gateway.example", target), Does.Contain(why));
    }

    [TestCase("http://127.0.0.1:9/x", null)]
    [TestCase("http://localhost:9/x", null)]
    [TestCase("http://[::1]:9/x", null)]
    [TestCase("https://storage.example/x", null)]
    [TestCase("http://storage.example/x", "plain http")]
    [TestCase("http://169.254.169.254/x", "plain http")]
    [TestCase("file:///etc/passwd", "no web address")]
    public void Refusal_FromALoopbackGateway_AllowsPlainHttpToLoopbackOnly(string target, string? why) =>
        Assert.That(Refusal("http://127.0.0.1:8", target), why is null ? Is.Null : Does.Contain(why));

    [TestCase("https://gateway.example", true, "127.0.0.1", true)]
    [TestCase("https://gateway.example", false, "127.0.0.1", false)]
    [TestCase("http://127.0.0.1", true, "127.0.0.1", false)]
    [TestCase("https://gateway.example", true, "a-proxy-stands-between", false)]
    public async Task Connect_NameThatTurnsOutToBeLocal_IsRefusedAtTheSocket(string gateway, bool isRedirect, string requested, bool isRefused)
    {
        await using RawServer server = new();
        using HttpRequestMessage request = new(HttpMethod.Get, $"https://{requested}:{server.Port}/x");
        GatewayCall call = new() { Operation = "file.content", Action = "Downloading", Method = HttpMethod.Get, Path = "/x" };
        GatewayCall redirected = new() { Operation = call.Operation, Action = call.Action, Method = call.Method, Path = call.Path, Origin = call };
        (isRedirect ? redirected : call).AttachTo(request);
        SocketsHttpConnectionContext context = Context(new DnsEndPoint("127.0.0.1", server.Port), request);

        Task<Stream> connect = RedirectRules.ConnectAsync(GatewayAddress.Parse(gateway, ""), context, CancellationToken.None).AsTask();

        if (isRefused)
            Assert.That(async () => await connect, Throws.TypeOf<RedirectRefusedException>().With.Message.Contains("127.0.0.1"));
        else
            await (await connect).DisposeAsync();
    }

    // The framework lets nobody else make one.
    private static SocketsHttpConnectionContext Context(DnsEndPoint endPoint, HttpRequestMessage request) => (SocketsHttpConnectionContext)Activator.CreateInstance(
        typeof(SocketsHttpConnectionContext), BindingFlags.Instance | BindingFlags.NonPublic, null, [endPoint, request], null)!;

    private static string? Refusal(string gateway, string? target) => RedirectRules.Refusal(
        GatewayAddress.Parse(gateway, "/v1"), target is null ? null : new Uri(target, UriKind.RelativeOrAbsolute));
}
