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

    private static string? Refusal(string gateway, string? target) => RedirectRules.Refusal(
        GatewayAddress.Parse(gateway, "/v1"), target is null ? null : new Uri(target, UriKind.RelativeOrAbsolute));
}
