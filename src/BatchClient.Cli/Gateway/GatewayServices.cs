using BatchGateway.Cli.Output;
using BatchGateway.Cli.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BatchGateway.Cli.Gateway;

/// <summary>The library's services, made from the user's settings.</summary>
internal static class GatewayServices
{
    /// <exception cref="ReportedException">No gateway or no key is named.</exception>
    public static IServiceCollection From(ToolSettings settings, Screen screen, Secrets secrets, TimeProvider clock)
    {
        ServiceCollection services = new();
        Hide(settings, secrets);
        IBatchClientBuilder client = services.AddBatchClient(settings.ApplyTo);
        if (!screen.IsVerbose)
            return services;

        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddFilter("System.Net.Http", LogLevel.None).AddProvider(new TraceLog(screen, secrets)));
        client.Control.AddHttpMessageHandler(() => new TraceHandler(screen, secrets, clock));
        client.Transfer.AddHttpMessageHandler(() => new TraceHandler(screen, secrets, clock));
        return services;
    }

    private static void Hide(ToolSettings settings, Secrets secrets)
    {
        secrets.Add(settings.ApiKey);
        if (settings.ApiKeyFile is { } file && File.Exists(file))
            secrets.Add(File.ReadAllText(file));
    }
}
