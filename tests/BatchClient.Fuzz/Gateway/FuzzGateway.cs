using BatchGateway.Fuzz.Inputs;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Fuzz.Gateway;

/// <summary>A client as an application registers it; where the sockets would be stands whatever answer a case wants.</summary>
internal sealed class FuzzGateway : IDisposable
{
    private readonly ServiceProvider _provider;

    public FuzzGateway(int maxAttempts = 2)
    {
        ServiceCollection services = new();
        IBatchClientBuilder builder = services.AddBatchClient(options =>
        {
            options.ControlPlaneUrl = "gateway.example";
            options.ApiPath = "/v1";
            options.ApiKey = OddValues.Secret;
            options.MaxAttempts = maxAttempts;
            options.TimeProvider = new LeapingClock();
            options.NetworkClock = NetworkClock;
        });
        builder.Control.ConfigurePrimaryHttpMessageHandler(() => new Handler(this));
        builder.Transfer.ConfigurePrimaryHttpMessageHandler(() => new Handler(this));
        _provider = services.BuildServiceProvider();
        Client = _provider.GetRequiredService<IBatchClient>();
    }

    public IBatchClient Client { get; }

    public PatientClock NetworkClock { get; } = new();

    /// <summary>What is answered to every request from now on.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage> Answer { get; set; } = _ => new HttpResponseMessage();

    public void Dispose() => _provider.Dispose();

    private sealed class Handler(FuzzGateway gateway) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is { } content)
                await content.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
            HttpResponseMessage response = gateway.Answer(request);
            response.RequestMessage = request;
            return response;
        }
    }
}
