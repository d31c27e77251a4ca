using BatchGateway;
using BatchGateway.Runs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Helpdesk;

public static class HelpdeskServices
{
    /// <summary>Adds <see cref="TicketTriage"/> and <see cref="ArchiveTriage"/>, with the sections <c>Gateway</c> and <c>Triage</c> of the configuration.</summary>
    public static IBatchClientBuilder AddTicketTriage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(provider => new TicketTriage(
            provider.GetRequiredService<IBatchClient>(), OptionsIn(configuration), provider.GetRequiredService<ILogger<TicketTriage>>()));
        services.AddSingleton(provider => new ArchiveTriage(provider.GetRequiredService<IBatchRuns>(), OptionsIn(configuration)));
        services.AddBatchRuns(runs => runs.StateFolder = Path.Combine(OptionsIn(configuration).Folder, "runs"));
        return services.AddBatchClient(configuration.GetSection("Gateway"));
    }

    /// <summary>
    /// Adds the <see cref="TicketTriage"/> of a region whose tickets must not leave it, with a gateway of its own: the same sections, below
    /// one that is named like the region.
    /// </summary>
    public static IBatchClientBuilder AddTicketTriage(this IServiceCollection services, string region, IConfiguration configuration)
    {
        IConfiguration own = configuration.GetSection(region);
        services.AddKeyedSingleton(region, (provider, _) => new TicketTriage(
            provider.GetRequiredKeyedService<IBatchClient>(region), OptionsIn(own), provider.GetRequiredService<ILogger<TicketTriage>>()));
        return services.AddKeyedBatchClient(region, own.GetSection("Gateway"));
    }

    private static TriageOptions OptionsIn(IConfiguration configuration) => configuration.GetSection("Triage").Get<TriageOptions>() ?? new();
}
