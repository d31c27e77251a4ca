using System.Net.Http.Headers;
using BatchGateway.Emulator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace BatchGateway.Runs.Tests.Support;

/// <summary>A key that a test changes while a run goes on, and an emulator that takes any.</summary>
internal sealed class ManyKeys(BatchGatewayEmulator emulator)
{
    public string Current { get; set; } = "first key";

    public void AddTo(IServiceCollection services, IBatchClientBuilder client)
    {
        services.PostConfigure<BatchGatewayOptions>(options =>
            (options.ApiKey, options.TokenProvider) = (null, _ => ValueTask.FromResult(Uri.EscapeDataString(Current))));
        foreach (IHttpClientBuilder http in new[] { client.Control, client.Transfer })
            services.PostConfigure<HttpClientFactoryOptions>(
                http.Name,
                factory => factory.HttpMessageHandlerBuilderActions.Add(handlers => handlers.AdditionalHandlers.Add(new Takes(emulator.ApiKey))));
    }

    private sealed class Takes(string key) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
