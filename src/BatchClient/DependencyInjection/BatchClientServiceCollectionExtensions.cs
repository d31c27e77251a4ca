using BatchGateway;
using BatchGateway.Internal.Registration;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers <see cref="IBatchClient"/>.</summary>
public static class BatchClientServiceCollectionExtensions
{
    /// <summary>
    /// Registers the client with options that are configured elsewhere. If those name no control plane, the variables
    /// <c>BATCHCLIENT_CONTROL_PLANE_URL</c>,
    /// <c>BATCHCLIENT_API_PATH</c>, <c>BATCHCLIENT_API_KEY</c> and <c>BATCHCLIENT_PROVIDER</c> do; a key from the environment goes to no
    /// other address.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <example>
    /// <code>
    /// services.AddBatchClient();
    /// </code>
    /// </example>
    public static IBatchClientBuilder AddBatchClient(this IServiceCollection services)
    {
        IBatchClientBuilder builder = ClientRegistration.Add(services, key: null);
        services.AddOptions<BatchGatewayOptions>(builder.Name).PostConfigure(EnvironmentSettings.Fill);
        return builder;
    }

    /// <summary>Registers the client.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <example>
    /// <code>
    /// services.AddBatchClient(options =>
    /// {
    ///     options.ControlPlaneUrl = "acme.truefoundry.cloud";
    ///     options.ApiKeyFile = "/run/secrets/gateway-key";
    ///     options.Provider = "openai-main";
    /// });
    /// </code>
    /// </example>
    public static IBatchClientBuilder AddBatchClient(this IServiceCollection services, Action<BatchGatewayOptions> configure) =>
        Configured(ClientRegistration.Add(services, key: null), configure);

    /// <summary>Registers the client with options from configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="section">The section whose members are named as those of <see cref="BatchGatewayOptions"/>.</param>
    public static IBatchClientBuilder AddBatchClient(this IServiceCollection services, IConfiguration section) =>
        Bound(ClientRegistration.Add(services, key: null), section);

    /// <summary>Registers a client as a keyed service, beside any other.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="configure">Sets the options.</param>
    /// <example>
    /// <code>
    /// services.AddKeyedBatchClient("eu", options =>
    /// {
    ///     options.ControlPlaneUrl = "eu.acme.truefoundry.cloud";
    ///     options.ApiKeyFile = "/run/secrets/gateway-key-eu";
    /// });
    /// </code>
    /// </example>
    public static IBatchClientBuilder AddKeyedBatchClient(
        this IServiceCollection services, string serviceKey, Action<BatchGatewayOptions> configure) =>
        Configured(ClientRegistration.Add(services, NotEmpty(serviceKey)), configure);

    /// <summary>Registers a client as a keyed service with options from configuration, beside any other.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="section">The section whose members are named as those of <see cref="BatchGatewayOptions"/>.</param>
    public static IBatchClientBuilder AddKeyedBatchClient(this IServiceCollection services, string serviceKey, IConfiguration section) =>
        Bound(ClientRegistration.Add(services, NotEmpty(serviceKey)), section);

    private static IBatchClientBuilder Configured(IBatchClientBuilder builder, Action<BatchGatewayOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.AddOptions<BatchGatewayOptions>(builder.Name).Configure(configure);
        return builder;
    }

    private static IBatchClientBuilder Bound(IBatchClientBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        builder.Services.AddOptions<BatchGatewayOptions>(builder.Name).Bind(section);
        return builder;
    }

    private static string NotEmpty(string serviceKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(serviceKey);
        return serviceKey;
    }
}
