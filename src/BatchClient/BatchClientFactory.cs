using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BatchGateway;

/// <summary>Makes a client without a container.</summary>
public static class BatchClientFactory
{
    /// <summary>Makes a client that owns its connections. One serves an application; dispose of it at the end.</summary>
    /// <param name="options">Where the gateway is and how to sign in. Must not change afterwards.</param>
    /// <param name="loggerFactory">Where to log to; null for nowhere.</param>
    /// <exception cref="OptionsValidationException">The options are not complete; all that is wrong is said at once.</exception>
    /// <example>
    /// <code>
    /// using OwnedBatchClient gateway = BatchClientFactory.Create(new BatchGatewayOptions
    /// {
    ///     ControlPlaneUrl = "acme.truefoundry.cloud",
    ///     ApiKey = key,
    ///     Provider = "openai-main",
    /// });
    /// </code>
    /// </example>
    public static OwnedBatchClient Create(BatchGatewayOptions options, ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ServiceCollection services = new();
        services.AddBatchClient(_ => { });
        services.AddSingleton<IOptionsFactory<BatchGatewayOptions>>(provider =>
            new GivenOptions(options, provider.GetServices<IValidateOptions<BatchGatewayOptions>>()));
        if (loggerFactory is not null)
            services.AddSingleton(loggerFactory);

        ServiceProvider provider = services.BuildServiceProvider();
        try
        {
            return new OwnedBatchClient(provider.GetRequiredService<IBatchClient>(), provider);
        }
        catch
        {
            provider.Dispose();
            throw;
        }
    }

    /// <summary>The caller's own options, validated as if they had been configured.</summary>
    private sealed class GivenOptions(BatchGatewayOptions options, IEnumerable<IValidateOptions<BatchGatewayOptions>> validators)
        : IOptionsFactory<BatchGatewayOptions>
    {
        public BatchGatewayOptions Create(string name)
        {
            List<string> failures =
            [
                .. validators.Select(validator => validator.Validate(name, options)).Where(result => result.Failed).SelectMany(result => result.Failures!),
            ];
            return failures.Count == 0 ? options : throw new OptionsValidationException(name, typeof(BatchGatewayOptions), failures);
        }
    }
}
