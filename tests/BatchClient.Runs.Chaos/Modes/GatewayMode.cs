using BatchGateway.Emulator;

namespace BatchGateway.Runs.Chaos.Modes;

/// <summary>An emulator in a process of its own. It says its address, and ends when its input does.</summary>
internal static class GatewayMode
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(4);

    public static async Task<int> RunAsync(GatewaySettings settings)
    {
        ScaledClock time = settings.Pace.Clock();
        EmulatorClock clock = EmulatorClock.Manual(time.GetUtcNow());
        await using BatchGatewayEmulator emulator = await BatchGatewayEmulator.StartAsync(new EmulatorOptions
        {
            Clock = clock,
            Personality = settings.Personality,
            ListDelay = settings.ListDelay,
            Script = Weather.Script(settings.Seed, settings.Scenario),
        });
        if (settings.Scenario == Scenario.BadLines)
            Weather.RefuseFirst(emulator);
        if (settings.IsStormy)
            Weather.Storm(emulator, settings.StormSeed);

        Console.WriteLine(emulator.Url);
        // The console's reader has no way of its own to wait without a thread.
        Task<string?> left = Task.Run(Console.In.ReadLine);
        using PeriodicTimer ticks = new(Tick);
        while (!left.IsCompleted && await ticks.WaitForNextTickAsync())
            clock.Advance(Later(time.GetUtcNow() - clock.GetUtcNow()));
        return 0;
    }

    private static TimeSpan Later(TimeSpan by) => by > TimeSpan.Zero ? by : TimeSpan.Zero;
}
