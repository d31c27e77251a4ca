using BatchGateway.Runs;
using BatchGateway.Runs.Internal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace BatchGateway;

/// <summary>Registers runs.</summary>
public static class BatchRunsServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="IBatchRuns"/>, and a background service that resumes unfinished runs when the host starts. The client comes from
    /// <c>AddBatchClient</c> or <c>AddKeyedBatchClient</c>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <example>
    /// <code>
    /// services.AddBatchClient();
    /// services.AddBatchRuns(options => options.StateFolder = "runs");
    /// </code>
    /// </example>
    public static IServiceCollection AddBatchRuns(this IServiceCollection services, Action<BatchRunsOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<BatchRunsOptions>().Configure(configure);
        services.TryAddSingleton<IBatchRuns, GatewayBatchRuns>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RunsService>());
        return services;
    }
}
