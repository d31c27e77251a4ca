using BatchGateway;
using BatchGateway.Emulator;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Helpdesk.Tests;

/// <summary>A helpdesk with a gateway and a disk of its own, whose process can be restarted.</summary>
internal sealed class TestDesk : IAsyncDisposable
{
    private readonly TestFolder _disk = new();
    private readonly TimeSpan _deadline;
    private readonly DateTimeOffset _opened;
    private ServiceProvider _process;

    private TestDesk(BatchGatewayEmulator gateway, TimeSpan deadline)
    {
        Gateway = gateway;
        _deadline = deadline;
        _opened = gateway.Clock.GetUtcNow();
        _process = StartProcess();
    }

    /// <summary>Four tickets, as they come in on an ordinary day.</summary>
    public static IReadOnlyList<Ticket> Tickets { get; } =
    [
        new("t-1", "Charged twice", "My card was charged twice this month. I want one of them back."),
        new("t-2", "Cannot log in", "The page says that my account is locked, and I have a demo in an hour."),
        new("t-3", "Strange mail", "Somebody sent me a mail in your name and asked for my password."),
        new("t-4", "Dark mode?", "Will there be one?"),
    ];

    public BatchGatewayEmulator Gateway { get; }

    public TicketTriage Triage => _process.GetRequiredService<TicketTriage>();

    public ArchiveTriage Archive => _process.GetRequiredService<ArchiveTriage>();

    /// <summary>How long it took, as the gateway and the helpdesk see it.</summary>
    public TimeSpan Elapsed => Gateway.Clock.GetUtcNow() - _opened;

    public static async Task<TestDesk> OpenAsync(EmulatorOptions? options = null, TimeSpan? deadline = null) =>
        new(await BatchGatewayEmulator.StartAsync(options), deadline ?? TimeSpan.FromHours(30));

    /// <summary>The same disk and the same gateway, and nothing else of what was.</summary>
    public async Task RestartAsync()
    {
        await _process.DisposeAsync();
        _process = StartProcess();
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await Gateway.DisposeAsync();
        _disk.Dispose();
    }

    private ServiceProvider StartProcess()
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Triage:Folder", _disk.Path), new("Triage:Deadline", _deadline.ToString())])
            .Build();
        ServiceCollection services = new();
        services.AddLogging();
        services.AddTicketTriage(configuration).UseEmulator(Gateway);
        return services.BuildServiceProvider();
    }
}
