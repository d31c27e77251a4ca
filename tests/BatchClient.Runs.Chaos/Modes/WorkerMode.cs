using BatchGateway.Runs.Chaos.Killing;
using BatchGateway.Runs.Chaos.Sabotaging;
using BatchGateway.Runs.Internal;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Runs.Chaos.Modes;

/// <summary>A process that works on the run, until it is killed or the run has ended. What it says has really happened.</summary>
internal static class WorkerMode
{
    public const string RunName = "night";
    public const int LinesPerShard = 12;

    /// <summary>What every line begins with.</summary>
    public const string Question = "What is";

    private const string ApiKey = "emulator-key";

    /// <summary>Nobody has to kill it any more.</summary>
    private const int Failed = 3;

    private const int MostTries = 20;

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);

    /// <summary>The custom ids of a run's lines.</summary>
    public static IEnumerable<string> Ids(int lines) => Enumerable.Range(0, lines).Select(i => $"line-{i:0000}");

    public static async Task<int> RunAsync(WorkerSettings settings)
    {
        try
        {
            await WorkAsync(settings);
            return 0;
        }
        catch (Exception exception) when (exception is BatchClientException or ArgumentException or InvalidOperationException or IOException)
        {
            await Console.Error.WriteLineAsync(exception.ToString());
            return Failed;
        }
    }

    private static async Task WorkAsync(WorkerSettings settings)
    {
        await using ServiceProvider provider = Services(settings).BuildServiceProvider();
        IBatchRuns runs = provider.GetRequiredService<IBatchRuns>();
        Console.WriteLine(WorkerWords.Ready);
        if (settings.Deletes)
        {
            await runs.DeleteAsync(RunName);
            Console.WriteLine(WorkerWords.Done);
            return;
        }

        foreach (Finding finding in settings.Findings)
            await SettleAsync(runs, finding);

        BatchRunSummary summary = await DriveAsync(runs, settings);
        foreach (BatchShardInfo shard in summary.Unsettled)
            Console.WriteLine(WorkerWords.Open + Words.Write(OpenShard.Of(shard)));
        if (summary.Unsettled.Count > 0)
            return;

        await runs.WriteResultsAsync(RunName, settings.Results);
        Console.WriteLine(WorkerWords.Done);
    }

    private static ServiceCollection Services(WorkerSettings settings)
    {
        ServiceCollection services = new();
        IBatchClientBuilder client = services.AddBatchClient(options =>
        {
            options.ControlPlaneUrl = settings.Gateway.ToString();
            options.ApiKey = ApiKey;
            options.TimeProvider = settings.Pace.Clock();
        });
        if (settings.Sabotage == Sabotage.SecondCreate)
            SecondCreateHandler.AddTo(client);
        services.AddBatchRuns(options =>
        {
            options.StateFolder = settings.Folder;
            options.Probe = new KillSwitch(settings.KillAt);
            options.StoreSeam = SaboteurOf(settings);
        });
        return services;
    }

    private static Func<IRunStore, IRunStore>? SaboteurOf(WorkerSettings settings) => settings.Sabotage switch
    {
        Sabotage.NoIntentFlush => store => new ForgetfulStore(store, settings.Pace.Clock()),
        Sabotage.NoRule7 => store => new HastyStore(store),
        _ => null,
    };

    // A person who is interrupted looks first whether it was said already.
    private static async Task SettleAsync(IBatchRuns runs, Finding finding)
    {
        BatchRunInfo? run = await runs.FindAsync(RunName);
        if (run?.Shards.Single(shard => shard.Number == finding.Shard).Status != BatchShardStatus.Ambiguous)
            return;

        if (finding.BatchId is { } batch)
            await AttachAsync(runs, finding.Shard, batch);
        else
            await runs.AbandonAsync(RunName, finding.Shard);
    }

    // The batch is looked at first, and the gateway does not always answer. Then nothing was changed, and the person tries again.
    private static async Task AttachAsync(IBatchRuns runs, int shard, string batch)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                await runs.AttachAsync(RunName, shard, batch);
                return;
            }
            catch (BatchClientException exception) when (tries < MostTries && exception is BatchApiException or BatchConnectionException)
            {
                // Tried again.
            }
        }
    }

    private static async Task<BatchRunSummary> DriveAsync(IBatchRuns runs, WorkerSettings settings)
    {
        if ((settings.Resumes || settings.Cancels) && await runs.FindAsync(RunName) is { Status: not BatchRunStatus.Spooling })
            return await (settings.Cancels ? runs.CancelAsync(RunName) : runs.ResumeAsync(RunName));

        return await runs.RunAsync(new BatchRunRequest(RunName, Input(settings.Lines))
        {
            Deadline = settings.Scenario == Scenario.PastItsDeadline ? Deadline : null,
            Limits = BatchLimits.OpenAI with { MaxLines = LinesPerShard },
            MaxBatchesInFlight = 3,
            Cleanup = BatchRunCleanup.All,
        });
    }

    private static IEnumerable<BatchRequestLine> Input(int lines) =>
        Ids(lines).Select((id, i) => BatchRequestLine.Chat(id, "gpt-4o-mini", user: $"{Question} {i} and {i}?"));
}
