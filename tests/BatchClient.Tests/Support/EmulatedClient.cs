using BatchGateway.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Tests.Support;

/// <summary>An emulator, and the client that is registered for it as a user registers it.</summary>
internal sealed class EmulatedClient : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private EmulatedClient(BatchGatewayEmulator emulator)
    {
        Emulator = emulator;
        ServiceCollection services = new();
        services.AddBatchClient().UseEmulator(emulator);
        _services = services.BuildServiceProvider();
    }

    public BatchGatewayEmulator Emulator { get; }

    public IBatchClient Gateway => _services.GetRequiredService<IBatchClient>();

    public static async Task<EmulatedClient> StartAsync(EmulatorOptions? options = null) => new(await BatchGatewayEmulator.StartAsync(options));

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Emulator.DisposeAsync();
    }
}
