using BatchGateway.Runs.Chaos.Modes;

namespace BatchGateway.Runs.Chaos;

/// <summary>A running gateway, until it is disposed of.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(1);

    private readonly Child _child;

    private GatewayProcess(Child child, Uri url) => (_child, Url) = (child, url);

    public Uri Url { get; }

    public static async Task<GatewayProcess> StartAsync(GatewaySettings settings)
    {
        Child child = Child.Start(ChaosProgram.Gateway, settings);
        string? url = await child.ReadLineAsync(StartsWithin);
        if (url is not null)
            return new GatewayProcess(child, new Uri(url));

        await child.DisposeAsync();
        throw new ChaosException($"the gateway could not begin: {child.Complaints}");
    }

    public async ValueTask DisposeAsync()
    {
        _child.CloseInput();
        await _child.DisposeAsync();
    }
}
