using BatchGateway.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway;

/// <summary>Points a registered client at an emulator.</summary>
public static class EmulatorRegistration
{
    /// <summary>
    /// Takes address, path, token and clock from the emulator, over whatever else is configured: waiting takes no real time. The provider
    /// becomes the one that the emulator requires, if it requires one.
    /// </summary>
    /// <param name="builder">The registration of the client.</param>
    /// <param name="emulator">A running emulator; it must outlive the client.</param>
    /// <example>
    /// <code>
    /// services.AddBatchClient().UseEmulator(emulator);
    /// </code>
    /// </example>
    public static IBatchClientBuilder UseEmulator(this IBatchClientBuilder builder, BatchGatewayEmulator emulator)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(emulator);
        builder.Services.PostConfigure<BatchGatewayOptions>(builder.Name, options =>
        {
            options.ControlPlaneUrl = emulator.Url.ToString();
            options.ApiPath = emulator.ApiPath;
            options.ApiKey = emulator.ApiKey;
            options.ApiKeyFile = null;
            options.TokenProvider = null;
            options.Provider = emulator.RequiredProvider ?? options.Provider;
            options.TimeProvider = emulator.Clock;
        });
        return builder;
    }
}
