using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Tests.Wire;

/// <summary>A proxy often stands on loopback: what goes through it is not local.</summary>
public sealed class ProxyTests
{
    [Test]
    public async Task Send_HttpsThroughAProxy_AsksForATunnel()
    {
        await using RawServer proxy = new() { Otherwise = RawAnswer.Json(502, "") };
        await using ServiceProvider provider = Through(proxy, "https://gateway.example");

        Assert.That(async () => await provider.GetRequiredService<IBatchClient>().Batches.GetAsync("b"), Throws.TypeOf<BatchConnectionException>());
        Assert.That($"{proxy.Single.Method} {proxy.Single.Target}", Is.EqualTo("CONNECT gateway.example:443"));
        Assert.That(proxy.Single["Authorization"], Is.Null);
    }

    [Test]
    public async Task Content_RedirectThroughAProxyOnLoopback_IsFollowed()
    {
        await using RawServer proxy = new(
            RawAnswer.Json(302, "", "Location: https://storage.example/blob"),
            RawAnswer.Json(502, ""));
        await using ServiceProvider provider = Through(proxy, "http://gateway.example");

        Assert.That(async () => await provider.GetRequiredService<IBatchClient>().Files.GetContentAsync("file-1"), Throws.TypeOf<BatchConnectionException>());
        Assert.That(proxy.Requests.Select(request => $"{request.Method} {request.Target}"), Is.EqualTo(new[]
        {
            $"GET http://gateway.example{BatchGatewayOptions.DefaultApiPath}/files/file-1/content",
            "CONNECT storage.example:443",
        }));
    }

    private static ServiceProvider Through(RawServer proxy, string gateway)
    {
        ServiceCollection services = new();
        IBatchClientBuilder builder = services.AddBatchClient(options =>
        {
            options.ControlPlaneUrl = gateway;
            options.AllowInsecureHttp = true;
            options.ApiKey = WireClient.Key;
            options.MaxAttempts = 1;
        });
        foreach (IHttpClientBuilder client in new[] { builder.Control, builder.Transfer })
            client.ConfigurePrimaryHttpMessageHandler((handler, _) => ((SocketsHttpHandler)handler).Proxy = new WebProxy(proxy.Origin));
        return services.BuildServiceProvider();
    }
}
