using BatchGateway.Emulator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace BatchGateway.Tests.Promises;

/// <summary>What an application puts around the client, and what the gateway's list is like.</summary>
public sealed class CreateSetting : IAsyncDisposable
{
    public static readonly string[] Surroundings = ["alone", "app retry handler", "app timeout"];

    public static readonly string[] Lists = ["on", "off", "delayed"];

    /// <summary>What no application should do and one will: between our handlers and the sockets only the content itself can say no.</summary>
    public const string Innermost = "app retry handler inside ours";

    private static readonly TimeSpan ListLag = TimeSpan.FromSeconds(30);

    private readonly ServiceProvider _services;

    private CreateSetting(BatchGatewayEmulator emulator, EmulatorClock network, ServiceProvider services)
    {
        Emulator = emulator;
        Network = network;
        _services = services;
    }

    public BatchGatewayEmulator Emulator { get; }

    /// <summary>The clock of the connection limits; stands still until <see cref="EndAsync"/> pushes it.</summary>
    public EmulatorClock Network { get; }

    public IBatchClient Gateway => _services.GetRequiredService<IBatchClient>();

    public static async Task<CreateSetting> StartAsync(CreateRow row, string surroundings, string list)
    {
        BatchGatewayEmulator emulator = await BatchGatewayEmulator.StartAsync(new EmulatorOptions
        {
            Personality = EmulatorPersonality.OpenAI,
            BatchList = list != "off",
            ListDelay = list == "delayed" ? ListLag : TimeSpan.Zero,
        });
        row.Arrange(emulator);
        EmulatorClock network = EmulatorClock.Manual();
        ServiceCollection services = new();
        if (surroundings == "app retry handler")
            services.ConfigureHttpClientDefaults(http => http.AddHttpMessageHandler(() => new StubbornHandler()));
        IBatchClientBuilder builder = services.AddBatchClient().UseEmulator(emulator);
        if (surroundings == "app timeout")
            builder.Control.AddHttpMessageHandler(() => new ImpatientHandler(network));
        if (surroundings == Innermost)
            services.PostConfigureAll<HttpClientFactoryOptions>(http => http.HttpMessageHandlerBuilderActions.Add(handlers => handlers.AdditionalHandlers.Add(new StubbornHandler())));
        services.PostConfigure<BatchGatewayOptions>(options => Adjust(options, row, emulator, network));
        return new CreateSetting(emulator, network, services.BuildServiceProvider());
    }

    /// <summary>Runs a call to its end, with time passing on the connection once the create has arrived.</summary>
    public async Task<Exception?> EndAsync(Func<Task> call)
    {
        Task running = call();
        while (!running.IsCompleted)
        {
            if (Emulator.Ledger.Count(Emulator.OnCreateBatch) > 0)
                Network.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(running, Task.Delay(1));
        }

        return running.Exception?.InnerException ?? (running.IsCanceled ? new OperationCanceledException() : null);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Emulator.DisposeAsync();
    }

    private static void Adjust(BatchGatewayOptions options, CreateRow row, BatchGatewayEmulator emulator, EmulatorClock network)
    {
        options.NetworkClock = network;
        options.ControlPlaneUrl = row.Address?.Invoke(emulator) ?? options.ControlPlaneUrl;
        if (!row.TokenChanges)
            return;

        // Stale from the upload on until the create has been refused.
        string key = options.ApiKey!;
        options.ApiKey = null;
        options.TokenProvider = _ => ValueTask.FromResult(
            emulator.Ledger.FilesHeld.Count > 0 && emulator.Ledger.Count(emulator.OnCreateBatch) == 0 ? "stale" : key);
    }

    /// <summary>Sends everything that fails again, as a template's standard handler would.</summary>
    private sealed class StubbornHandler : DelegatingHandler
    {
        private const int Times = 3;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            for (int attempt = 1; ; attempt++)
            {
                try
                {
                    HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
                    if (response.IsSuccessStatusCode || attempt == Times)
                        return response;
                    response.Dispose();
                }
                catch (Exception) when (attempt < Times)
                {
                }
            }
        }
    }

    /// <summary>Gives every request five seconds.</summary>
    private sealed class ImpatientHandler(TimeProvider clock) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using CancellationTokenSource own = new(TimeSpan.FromSeconds(5), clock);
            using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(own.Token, cancellationToken);
            return await base.SendAsync(request, both.Token);
        }
    }
}
