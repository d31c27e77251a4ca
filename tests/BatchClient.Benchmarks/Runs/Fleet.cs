using System.Diagnostics;
using BatchGateway.Benchmarks.Data;
using BatchGateway.Emulator;
using BatchGateway.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Benchmarks.Runs;

/// <summary>Many small batches, all in flight at once for some hours of an emulated clock.</summary>
internal sealed class Fleet(BatchGatewayEmulator emulator, IBatchRuns runs, RunOptions options)
{
    private const string Name = "fleet";
    private const int Seed = 7;

    // Long beside the pauses between two looks, so that how a watch begins and ends hardly counts.
    private static readonly TimeSpan Life = TimeSpan.FromHours(2);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(15);

    /// <summary>What is real: how long nothing may arrive before the clock goes on.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(30);

    public static async Task<FleetBill> RunAsync(RunOptions options, bool canList)
    {
        using TempFolder folder = new();
        await using BatchGatewayEmulator emulator = await BatchGatewayEmulator.StartAsync(new EmulatorOptions
        {
            Personality = EmulatorPersonality.OpenAI,
            BatchList = canList,
            Clock = EmulatorClock.Manual(),
            Script = new EmulatorScript { RunningFor = Life },
        });
        ServiceCollection services = new();
        services.AddBatchClient().UseEmulator(emulator);
        services.AddBatchRuns(runs => runs.StateFolder = folder.File("state"));
        await using ServiceProvider provider = services.BuildServiceProvider();
        return await new Fleet(emulator, provider.GetRequiredService<IBatchRuns>(), options).FlyAsync();
    }

    private int Looks => emulator.Ledger.Count(emulator.OnGetBatch) + emulator.Ledger.Count(emulator.OnListBatches);

    private async Task<FleetBill> FlyAsync()
    {
        Stopwatch watch = Stopwatch.StartNew();
        Task<BatchRunSummary> run = runs.RunAsync(new BatchRunRequest(Name, new Prompts(Seed).Ours(Guids.Some(Seed, options.Lines)))
        {
            Limits = BatchLimits.OpenAI with { MaxLines = options.LinesPerBatch },
        });

        await UntilAsync(run, () => emulator.Ledger.BatchesCreated.Count == options.Batches);
        TimeSpan start = watch.Elapsed;
        int before = Looks;
        DateTimeOffset firstEnd = emulator.Clock.GetUtcNow() + Life;
        await AdvanceAsync(run, () => emulator.Clock.GetUtcNow() >= firstEnd);
        int inFlight = Looks - before;
        TimeSpan flown = watch.Elapsed;
        await AdvanceAsync(run, () => run.IsCompleted);
        BatchRunSummary summary = await run;
        return new FleetBill(inFlight, Looks, summary.Succeeded, start, watch.Elapsed - flown);
    }

    /// <summary>Moves the clock on in small steps, each when everything has come to rest that the one before has set off.</summary>
    private async Task AdvanceAsync(Task run, Func<bool> isOver)
    {
        while (!isOver() && !run.IsCompleted)
        {
            emulator.Clock.Advance(Step);
            await SettleAsync();
        }
    }

    private async Task SettleAsync()
    {
        int seen;
        do
        {
            seen = Looks;
            await Task.Delay(Quiet);
        }
        while (Looks != seen);
    }

    private static async Task UntilAsync(Task run, Func<bool> isSo)
    {
        while (!isSo() && !run.IsCompleted)
            await Task.Delay(Quiet);
        if (run.IsFaulted)
            await run;
    }
}
