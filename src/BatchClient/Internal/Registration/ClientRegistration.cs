using BatchGateway.Internal.Diagnostics;
using BatchGateway.Internal.Http;
using BatchGateway.Internal.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BatchGateway.Internal.Registration;

/// <summary>The services behind one client: options, two HTTP clients, and the client itself.</summary>
internal static class ClientRegistration
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    // Shorter than the idle limits of common proxies: a create must not meet a connection that is about to be closed.
    private static readonly TimeSpan ConnectionIdle = TimeSpan.FromSeconds(30);

    public static IBatchClientBuilder Add(IServiceCollection services, string? key)
    {
        ArgumentNullException.ThrowIfNull(services);
        string name = key ?? Options.DefaultName;
        bool isFirst = !services.Any(service => service.ServiceType == typeof(IBatchClient) && Equals(service.ServiceKey, key));
        ClientBuilder builder = new(services, name, HttpClientOf(services, name, "control", isFirst), HttpClientOf(services, name, "transfer", isFirst));
        if (!isFirst)
            return builder;

        services.TryAddSingleton<OwnedSockets>();
        services.AddOptions<BatchGatewayOptions>(name).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BatchGatewayOptions>, BatchGatewayOptionsValidator>());
        if (key is null)
            services.AddSingleton(provider => Create(provider, name));
        else
            services.AddKeyedSingleton(key, (provider, _) => Create(provider, name));
        return builder;
    }

    private static IBatchClient Create(IServiceProvider provider, string name)
    {
        IHttpClientFactory clients = provider.GetRequiredService<IHttpClientFactory>();
        BatchGatewayOptions options = OptionsOf(provider, name);
        ILogger logger = LoggerOf(provider);
        GatewayTransport transport = new(
            options, clients.CreateClient(HttpName(name, "control")), clients.CreateClient(HttpName(name, "transfer")), logger);
        return new GatewayBatchClient(transport, logger);
    }

    private static IHttpClientBuilder HttpClientOf(IServiceCollection services, string name, string use, bool isFirst)
    {
        string httpName = HttpName(name, use);
        IHttpClientBuilder builder = services.AddHttpClient(httpName);
        if (!isFirst)
            return builder;

        // Handlers that the application adds later would end up between ours and the sockets; a post-configuration comes after all of them.
        services.PostConfigure<HttpClientFactoryOptions>(
            httpName, factory => factory.HttpMessageHandlerBuilderActions.Add(handlers => AddOurs(handlers, name)));
        return builder
            .ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(provider => provider.GetRequiredService<OwnedSockets>().Keep(Sockets(OptionsOf(provider, name))))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
    }

    private static void AddOurs(HttpMessageHandlerBuilder handlers, string name)
    {
        BatchGatewayOptions options = OptionsOf(handlers.Services, name);
        handlers.AdditionalHandlers.Add(new CreateGuardHandler(options));
        handlers.AdditionalHandlers.Add(new RetryHandler(options, LoggerOf(handlers.Services)));
    }

    private static SocketsHttpHandler Sockets(BatchGatewayOptions options)
    {
        GatewayAddress address = options.GetAddress();
        return new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = options.ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
            PooledConnectionIdleTimeout = ConnectionIdle,
            ConnectCallback = (context, cancellationToken) => RedirectRules.ConnectAsync(address, context, cancellationToken),
        };
    }

    private static BatchGatewayOptions OptionsOf(IServiceProvider provider, string name) =>
        provider.GetRequiredService<IOptionsMonitor<BatchGatewayOptions>>().Get(name);

    private static ILogger LoggerOf(IServiceProvider provider) =>
        new QuietLogger((provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger(Telemetry.Name));

    private static string HttpName(string name, string use) => name.Length == 0 ? $"BatchClient.{use}" : $"BatchClient.{name}.{use}";

    private sealed record ClientBuilder(IServiceCollection Services, string Name, IHttpClientBuilder Control, IHttpClientBuilder Transfer)
        : IBatchClientBuilder;
}
