using BatchGateway;
using BatchGateway.Emulator;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Helpdesk.Tests;

public sealed class RegionTests
{
    private readonly Ticket[] _worldwide = [TestDesk.Tickets[0], TestDesk.Tickets[1]];
    private readonly Ticket[] _european = [TestDesk.Tickets[2]];

    [Test]
    public async Task AddTicketTriage_WithARegion_KeepsItsTicketsOnItsOwnGateway()
    {
        await using BatchGatewayEmulator world = await BatchGatewayEmulator.StartAsync();
        await using BatchGatewayEmulator europe = await BatchGatewayEmulator.StartAsync(
            new EmulatorOptions { ApiKey = "eu-key", RequiredProvider = "openai-eu" });
        using TestFolder disk = new();
        await using ServiceProvider process = Start(disk, world, europe);

        await Task.WhenAll(
            process.GetRequiredService<TicketTriage>().TriageAsync("monday", _worldwide),
            process.GetRequiredKeyedService<TicketTriage>("eu").TriageAsync("monday", _european));

        Assert.That(world.Ledger.LinesBilled.Keys, Is.EquivalentTo(_worldwide.Select(ticket => ticket.Id)));
        Assert.That(europe.Ledger.LinesBilled.Keys, Is.EquivalentTo(_european.Select(ticket => ticket.Id)));
    }

    private static ServiceProvider Start(TestFolder disk, BatchGatewayEmulator world, BatchGatewayEmulator europe)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Triage:Folder", Path.Combine(disk.Path, "world")), new("eu:Triage:Folder", Path.Combine(disk.Path, "eu"))])
            .Build();
        ServiceCollection services = new();
        services.AddLogging();
        services.AddTicketTriage(configuration).UseEmulator(world);
        services.AddTicketTriage("eu", configuration).UseEmulator(europe);
        return services.BuildServiceProvider();
    }
}
