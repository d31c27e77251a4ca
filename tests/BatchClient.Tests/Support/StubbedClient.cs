using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Tests.Support;

/// <summary>A client as an application registers it, with a stub in place of the network.</summary>
internal sealed class StubbedClient : IDisposable
{
    public const string Host = "gateway.example";

    private readonly ServiceProvider _provider;

    public StubbedClient(StubHandler stub, Action<BatchGatewayOptions>? configure = null)
    {
        ServiceCollection services = new();
        IBatchClientBuilder builder = services.AddBatchClient(options =>
        {
            options.ControlPlaneUrl = Host;
            options.ApiKey = "stub-key";
            options.ApiPath = "/v1";
            options.MaxAttempts = 1;
            configure?.Invoke(options);
        });
        builder.Control.ConfigurePrimaryHttpMessageHandler(() => stub);
        builder.Transfer.ConfigurePrimaryHttpMessageHandler(() => stub);
        _provider = services.BuildServiceProvider();
        Client = _provider.GetRequiredService<IBatchClient>();
        Stub = stub;
    }

    public IBatchClient Client { get; }

    public StubHandler Stub { get; }

    public void Dispose() => _provider.Dispose();
}
