using BatchGateway.Internal.Http;
using Microsoft.Extensions.Options;

namespace BatchGateway.Tests.Wire;

public sealed class OptionsTests
{
    private static readonly (string Why, Action<BatchGatewayOptions> Spoil)[] Mistakes =
    [
        ("ControlPlaneUrl is missing", options => options.ControlPlaneUrl = " "),
        ("ControlPlaneUrl is neither a host nor a URL", options => options.ControlPlaneUrl = "https://"),
        ("ControlPlaneUrl is neither a host nor a URL", options => options.ControlPlaneUrl = "a b"),
        ("must not contain a user name or password", options => options.ControlPlaneUrl = "https://u:s3cr3t@acme.example"),
        ("the scheme 'ftp'", options => options.ControlPlaneUrl = "ftp://acme.example"),
        ("must not have a query or a fragment", options => options.ControlPlaneUrl = "https://acme.example?key=s3cr3t"),
        ("must not have a query or a fragment", options => options.ControlPlaneUrl = "https://acme.example#x"),
        ("plain http to 'acme.example'", options => options.ControlPlaneUrl = "http://acme.example"),
        ("plain http to '10.0.0.1'", options => options.ControlPlaneUrl = "http://10.0.0.1:8080"),
        ("ApiPath is no path", options => options.ApiPath = "https://acme.example/v1"),
        ("ApiPath is no path", options => options.ApiPath = "/v1?x=1"),
        ("There is no token", options => options.ApiKey = null),
        ("ApiKey is empty", options => options.ApiKey = " "),
        ("more than one source of the token", options => options.ApiKeyFile = "key"),
        ("more than one source of the token", options => options.TokenProvider = _ => ValueTask.FromResult("t")),
        ("ControlTimeout is 00:00:00", options => options.ControlTimeout = TimeSpan.Zero),
        ("ControlTimeout is -00:00:01", options => options.ControlTimeout = TimeSpan.FromSeconds(-1)),
        ("TransferIdleTimeout is 50.00:00:00", options => options.TransferIdleTimeout = TimeSpan.FromDays(50)),
        ("ConnectTimeout is 00:00:00", options => options.ConnectTimeout = TimeSpan.Zero),
        ("ConnectTimeout is 30.00:00:00", options => options.ConnectTimeout = TimeSpan.FromDays(30)),
        ("MaxAttempts is 0", options => options.MaxAttempts = 0),
        ("MaxAttempts is 101", options => options.MaxAttempts = 101),
        ("RetryDelay is 00:00:00", options => options.RetryDelay = TimeSpan.Zero),
        ("MaxRetryDelay is 00:00:00", options => options.MaxRetryDelay = TimeSpan.Zero),
        ("MaxRetryDelay is 2.00:00:00", options => options.MaxRetryDelay = TimeSpan.FromDays(2)),
        ("TimeProvider is null", options => options.TimeProvider = null!),
        ("'Authorization' cannot be set here: use ApiKey", options => options.Headers["Authorization"] = "Bearer s3cr3t"),
        ("only printable ASCII", options => options.Provider = "größe"),
        ("GatewayMetadata has an empty key", options => options.GatewayMetadata[""] = "x"),
        ("GatewayMetadata 'k' has no value", options => options.GatewayMetadata["k"] = null!),
    ];

    private static IEnumerable<TestCaseData> EachMistake => Mistakes.Select((mistake, index) => new TestCaseData(index).SetArgDisplayNames($"{index}: {mistake.Why}"));

    [TestCaseSource(nameof(EachMistake))]
    public void Create_OneMistake_IsSaidAndNothingElse(int index)
    {
        (string why, Action<BatchGatewayOptions> spoil) = Mistakes[index];
        BatchGatewayOptions options = new() { ControlPlaneUrl = "acme.example", ApiKey = "k" };
        spoil(options);

        OptionsValidationException failed = Assert.Throws<OptionsValidationException>(() => BatchClientFactory.Create(options))!;

        Assert.That(failed.Failures.Single(), Does.StartWith("BatchGatewayOptions: ").And.Contain(why).And.Not.Contain("s3cr3t"));
    }

    [TestCase("acme.example", "https://acme.example/api/llm/api/inference/openai/x")]
    [TestCase(" acme.example/ ", "https://acme.example/api/llm/api/inference/openai/x")]
    [TestCase("acme.example:8443", "https://acme.example:8443/api/llm/api/inference/openai/x")]
    [TestCase("localhost:8443", "https://localhost:8443/api/llm/api/inference/openai/x")]
    [TestCase("https://acme.example/tfy//", "https://acme.example/tfy/api/llm/api/inference/openai/x")]
    [TestCase("HTTPS://ACME.example", "https://acme.example/api/llm/api/inference/openai/x")]
    [TestCase("[::1]:8443", "https://[::1]:8443/api/llm/api/inference/openai/x")]
    public void ControlPlaneUrl_EachForm_IsTheSameKindOfAddress(string url, string expected) =>
        Assert.That(GatewayAddress.Parse(url, BatchGatewayOptions.DefaultApiPath).For("/x").AbsoluteUri, Is.EqualTo(expected));

    [TestCase("http://127.0.0.1:1")]
    [TestCase("http://localhost:1")]
    [TestCase("http://[::1]:1")]
    [TestCase("http://gateway.localhost")]
    public void Create_PlainHttpToLoopback_IsAllowed(string url) =>
        Assert.That(() => BatchClientFactory.Create(new BatchGatewayOptions { ControlPlaneUrl = url, ApiKey = "k" }).Dispose(), Throws.Nothing);

    [Test]
    public void Create_PlainHttpElsewhereOnRequest_IsAllowed() =>
        Assert.That(() => BatchClientFactory.Create(new BatchGatewayOptions { ControlPlaneUrl = "http://acme.example", ApiKey = "k", AllowInsecureHttp = true }).Dispose(), Throws.Nothing);

    [Test]
    public void Create_InfiniteLimits_AreAllowed() => Assert.That(
        () => BatchClientFactory.Create(new BatchGatewayOptions
        {
            ControlPlaneUrl = "acme.example",
            ApiKey = "k",
            ControlTimeout = Timeout.InfiniteTimeSpan,
            TransferIdleTimeout = Timeout.InfiniteTimeSpan,
            ConnectTimeout = Timeout.InfiniteTimeSpan,
        }).Dispose(),
        Throws.Nothing);
}
