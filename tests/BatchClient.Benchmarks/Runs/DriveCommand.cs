using System.Diagnostics;
using BatchGateway.Benchmarks.Data;
using BatchGateway.Benchmarks.Memory;
using BatchGateway.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Benchmarks.Runs;

/// <summary>The client of a run: drives it to its end, writes its results, prints what that took, and only then looks at every outcome.</summary>
internal static class DriveCommand
{
    private const string Name = "nightly";
    private const string Key = "emulator-key";
    private const int Seed = 5;

    /// <param name="arguments">A folder, the address of the gateway, and how large the run is.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        string folder = arguments[0];
        RunOptions options = RunOptions.Parse([.. arguments.Skip(2)], new RunOptions(1, 1));
        string state = Path.Combine(folder, "state");
        string results = Path.Combine(folder, "results.jsonl");

        await using ServiceProvider services = Services(arguments[1], state);
        IBatchRuns runs = services.GetRequiredService<IBatchRuns>();
        Stopwatch watch = Stopwatch.StartNew();
        RunLog log = new(watch);
        BatchRunSummary summary = await runs.RunAsync(Request(options), log);
        log.Say("the run has ended");
        await runs.WriteResultsAsync(Name, results);
        log.Say("its results are written");

        Tell(watch.Elapsed, options.Lines, state, results);
        return await IsRightAsync(runs, summary, options.Lines) ? 0 : 1;
    }

    private static ServiceProvider Services(string gateway, string state)
    {
        ServiceCollection services = new();
        services.AddBatchClient(options =>
        {
            options.ControlPlaneUrl = gateway;
            options.ApiKey = Key;
        });
        services.AddBatchRuns(options => options.StateFolder = state);
        return services.BuildServiceProvider();
    }

    private static BatchRunRequest Request(RunOptions options) => new(Name, new Prompts(Seed).Ours(Guids.Some(Seed, options.Lines)))
    {
        Limits = BatchLimits.OpenAI with { MaxLines = options.LinesPerBatch },
    };

    private static void Tell(TimeSpan wall, int lines, string state, string results)
    {
        long written = ProcessDisk.WrittenBytes();
        double peak = ProcessMemory.Peak();
        long input = StateSize.Of(state, "shard");
        long output = StateSize.Of(state, "result");
        long journal = StateSize.OfJournal(state);

        Report.Figure("wall_seconds", wall.TotalSeconds);
        Report.Figure("client_cpu_seconds", Environment.CpuUsage.TotalTime.TotalSeconds);
        Report.Figure("peak_rss_mb", peak);
        Report.Figure("write_amplification", (double)written / (input + (2 * output)));
        Report.Figure("journal_bytes_per_line", (double)journal / lines);
        long outcomes = new FileInfo(results).Length;
        Report.Comment($"{input} bytes of input, {output} of results, {outcomes} of outcomes, {journal} of journal; {written} written");
        Report.Comment($"{GC.GetTotalAllocatedBytes() / Units.Megabyte} MB allocated, {GC.CollectionCount(2)} collections of the whole heap");
    }

    /// <summary>Every line has its own outcome, in the order of the input, and the summary knows of no other.</summary>
    private static async Task<bool> IsRightAsync(IBatchRuns runs, BatchRunSummary summary, int lines)
    {
        using IEnumerator<string> expected = Guids.Some(Seed, lines).GetEnumerator();
        bool isRight = true;
        long answered = 0;
        await foreach (BatchResultLine line in runs.ReadResultsAsync(Name))
        {
            isRight &= expected.MoveNext() && line.CustomId == expected.Current;
            isRight &= line.Kind is BatchOutcomeKind.Succeeded or BatchOutcomeKind.Failed;
            answered++;
        }

        string kinds = string.Join(", ", summary.Outcomes.Select(outcome => $"{outcome.Value} {outcome.Key}"));
        Report.Comment($"{answered} outcomes: {kinds}; {summary.Batches} batches, {summary.Duplicates} duplicates");
        return isRight && answered == lines && summary.Outcomes.Values.Sum() == lines && summary is { Status: BatchRunStatus.Ended, Duplicates: 0 };
    }
}
