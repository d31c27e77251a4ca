using BatchGateway.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Tests.Misfortunes;

/// <summary>An emulator, the client that is registered for it, and the levers that a misfortune pulls.</summary>
public sealed class Scene : IAsyncDisposable
{
    /// <summary>No limit of a connection is longer.</summary>
    private static readonly TimeSpan LongestLimit = new BatchGatewayOptions().TransferIdleTimeout;

    private readonly ServiceProvider _services;
    private readonly Misfortune _misfortune;
    private readonly EmulatorClock _network;
    private int _hung;

    private Scene(Misfortune misfortune, BatchGatewayEmulator emulator, EmulatorClock network, Func<Scene, ServiceProvider> services)
    {
        _misfortune = misfortune;
        _network = network;
        Emulator = emulator;
        _services = services(this);
    }

    public BatchGatewayEmulator Emulator { get; }

    public IBatchClient Gateway => _services.GetRequiredService<IBatchClient>();

    /// <summary>The present instant on the emulator's clock.</summary>
    public DateTimeOffset Now => Emulator.Clock.GetUtcNow();

    /// <summary>Whether what is wrong for as long as it lasts has come to its end.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The last snapshot of the batch, once there is one.</summary>
    public Batch? Seen { get; set; }

    /// <summary>Where the client gets its token from; null for the emulator's own.</summary>
    public Func<string>? Token { get; set; }

    public static async Task<Scene> StartAsync(Misfortune misfortune, EmulatorPersonality personality)
    {
        EmulatorOptions options = new() { Personality = personality, Script = new() { Responder = Answers.Usual } };
        misfortune.Options?.Invoke(options);
        options.Script = misfortune.Script?.Invoke(options.Script) ?? options.Script;
        BatchGatewayEmulator emulator = await BatchGatewayEmulator.StartAsync(options);
        EmulatorClock network = EmulatorClock.Manual();
        return new Scene(misfortune, emulator, network, scene => Register(scene, emulator, network));
    }

    /// <summary>Arranges the misfortune if its time has come.</summary>
    public void Enter(string step)
    {
        if (step == _misfortune.At)
            _misfortune.Arrange(this);
    }

    /// <summary>Ends what was to last for as long as it lasts.</summary>
    public void End() => IsOver = true;

    /// <summary>Counts a request that will never be answered: from here on time passes on the connection.</summary>
    public bool Hangs()
    {
        Interlocked.Increment(ref _hung);
        return true;
    }

    /// <summary>The gateway takes another key from here on; the client has it as soon as a request was refused.</summary>
    public void RotateKey()
    {
        string stale = Emulator.ApiKey;
        int before = Emulator.Ledger.Requests.Count;
        Emulator.ChangeApiKey("another-key");
        Token = () => Emulator.Ledger.Requests.Skip(before).Any(request => request.Status == 401) ? Emulator.ApiKey : stale;
    }

    /// <summary>Runs a call to its end, with time passing on the connection wherever an answer never comes.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> call)
    {
        int met = Volatile.Read(ref _hung);
        Task<T> running = call();
        for (int looks = 0; !running.IsCompleted; looks++)
        {
            await Task.WhenAny(running, Task.Delay(1));
            int hung = Volatile.Read(ref _hung);
            bool isStuck = hung > 0 && looks > 500 && Emulator.Ledger.Requests is [.., { Status: null }];
            if ((hung == met && !isStuck) || !IsWorkDone(looks))
                continue;

            // A last byte on its way out may have begun the silence anew: then, much later, once more.
            (met, looks) = (hung, 0);
            _network.Advance(LongestLimit);
        }

        return await running;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Emulator.DisposeAsync();
    }

    /// <summary>A hanging create has made its batch before the client may lose patience.</summary>
    private bool IsWorkDone(int looks) =>
        looks > 2_000
        || Emulator.Ledger.Requests is not [.., { Route: "CreateBatch", Status: null }]
        || Emulator.Ledger.BatchesCreated.Count >= Emulator.Ledger.Count(Emulator.OnCreateBatch);

    private static ServiceProvider Register(Scene scene, BatchGatewayEmulator emulator, EmulatorClock network)
    {
        ServiceCollection services = new();
        services.AddBatchClient().UseEmulator(emulator);
        services.PostConfigure<BatchGatewayOptions>(options =>
        {
            options.NetworkClock = network;
            options.ApiKey = null;
            options.TokenProvider = _ => ValueTask.FromResult(scene.Token?.Invoke() ?? emulator.ApiKey);
        });
        return services.BuildServiceProvider();
    }
}
