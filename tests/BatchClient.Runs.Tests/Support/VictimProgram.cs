using System.Globalization;
using BatchGateway.Emulator;
using BatchGateway.Runs.Internal;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Runs.Tests.Support;

/// <summary>What the process that is killed does.</summary>
internal static class VictimProgram
{
    public const int Shards = 25;
    public const int LinesPerShard = 2000;

    public static async Task<int> RunAsync(string[] words)
    {
        switch (words)
        {
            case ["hold", var folder]:
                await HoldAsync(folder);
                return 0;
            case ["fill", var folder]:
                await FillAsync(folder);
                return 0;
            case ["work", var path, var round]:
                await WorkAsync(path, int.Parse(round, CultureInfo.InvariantCulture));
                return 0;
            default:
                return 2;
        }
    }

    private static async Task HoldAsync(string path)
    {
        using StateFolder folder = StateFolder.Open(path, TimeProvider.System);
        Console.WriteLine("open");
        await Console.In.ReadLineAsync();
    }

    // Says what went wrong, on one line.
    private static async Task FillAsync(string path)
    {
        ServiceCollection services = new();
        services.AddBatchClient(options => (options.ControlPlaneUrl, options.ApiKey) = ("http://127.0.0.1:9/", "key"));
        services.AddBatchRuns(options => options.StateFolder = path);
        await using ServiceProvider provider = services.BuildServiceProvider();
        try
        {
            await provider.GetRequiredService<IBatchRuns>().RunAsync(new BatchRunRequest("nightly", InputLines.Some(5000, size: 1000)));
        }
        catch (BatchClientException exception)
        {
            Console.WriteLine(exception.Message);
        }
    }

    // Each round lives an hour later than the one before it, so that the leases of the dead have run out.
    private static async Task WorkAsync(string path, int round)
    {
        EmulatorClock clock = EmulatorClock.Manual(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) + TimeSpan.FromHours(round));
        await using IRunStore store = await SqliteRunStore.OpenAsync(path, clock);
        RunRow run = await store.SealedAsync(Shards, LinesPerShard);
        while (await store.ClaimNextAsync(run.Id, "victim", Steps.Lease, ShardState.All & ~ShardState.Cleaned) is { } claim)
        {
            while (claim.Shard.State != ShardState.Cleaned)
            {
                ApplyResult result = await store.ApplyAsync(claim, Next(claim.Shard));
                claim = claim with { Shard = result.Shard };
                Console.WriteLine($"{claim.Number} {claim.Shard.Version} {claim.Fence} {result.Outcome}");
            }
        }

        Console.WriteLine("done");
    }

    private static ShardTransition Next(ShardRow shard) => shard.State switch
    {
        ShardState.Planned => new("upload", ShardState.Uploading),
        ShardState.Uploading => new("uploaded", ShardState.Uploaded),
        ShardState.Uploaded => new("intend", ShardState.Intent),
        ShardState.Intent => new("create", ShardState.Created) { BatchId = $"batch_{shard.Number}" },
        ShardState.Created => new("end", ShardState.Terminal),
        ShardState.Terminal => new("harvest", ShardState.Harvested) { Outcomes = Outcomes(shard), NewShards = Retries(shard) },
        _ => new("clean", ShardState.Cleaned),
    };

    // One line of each shard of the input is tried again.
    private static NewShard[] Retries(ShardRow shard) => shard.Attempt > 1 ? [] : [new NewShard($"retry/{shard.Number}", 1, 1, 1) { Attempt = 2 }];

    private static IEnumerable<LineOutcome> Outcomes(ShardRow shard)
    {
        if (shard.FirstLine is not { } first)
            return [Steps.Outcome((shard.Parent!.Value - 1) * LinesPerShard)];
        return Enumerable.Range(0, LinesPerShard)
            .Select(i => Steps.Outcome(first + i, i == 0 ? BatchOutcomeKind.Failed : BatchOutcomeKind.Succeeded));
    }
}
