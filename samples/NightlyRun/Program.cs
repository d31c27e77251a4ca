using BatchGateway;
using BatchGateway.Runs;
using Microsoft.Extensions.DependencyInjection;
using NightlyRun;

// A run: 4,000 prompts in 8 batches, some of which fail at first. Stop it with Ctrl+C, or kill it, and start it again: it goes on.
// dotnet run --project samples/NightlyRun [-- --again]
const string name = "nightly";
const int prompts = 4_000;

if (args is [Gateway.Switch, var note])
    return await Gateway.ServeAsync(note);
if (args is not ([] or ["--again"]))
    return Screen.Fail("Usage: dotnet run --project samples/NightlyRun [-- --again]", 2);

string folder = Path.Combine(Path.GetTempPath(), "batchclient-nightly-run");
string results = Path.Combine(folder, "results.jsonl");
using CancellationTokenSource stop = new();
Console.OutputEncoding = System.Text.Encoding.UTF8;
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = !stop.IsCancellationRequested;   // The second Ctrl+C ends the program at once, which a run survives as well.
    stop.Cancel();
};
try
{
    Directory.CreateDirectory(folder);
    Gateway gateway = await Gateway.FindOrStartAsync(folder, stop.Token);
    ServiceCollection services = new();
    services.AddBatchClient(options =>
    {
        options.ControlPlaneUrl = gateway.Url;
        options.ApiPath = gateway.ApiPath;
        options.ApiKey = Gateway.ApiKey;
    });
    services.AddBatchRuns(options => options.StateFolder = Path.Combine(folder, "state"));
    await using ServiceProvider provider = services.BuildServiceProvider();
    IBatchRuns runs = provider.GetRequiredService<IBatchRuns>();
    Screen.Say("Gateway", $"the emulator, in a process of its own so that it outlives this one: {gateway.Url}");

    BatchRunInfo? before = await runs.FindAsync(name, stop.Token);
    if (before is not null && (args.Length > 0 || (gateway.IsNew && before.Status != BatchRunStatus.Ended)))
    {
        await runs.DeleteAsync(name, stop.Token);
        Screen.Say("Deleted", args.Length > 0 ? "the run of before" : "the run of before: the emulator that had its batches has ended");
        before = null;
    }

    Screen.Say("Run", before is null ? $"{prompts:N0} prompts, a new run in {folder}" : $"{before.Status}: {Screen.Count(before.Outcomes, BatchOutcomeKind.Succeeded)} of {before.Lines:N0} answered before");
    BatchRunRequest request = new(name, Enumerable.Range(1, prompts).Select(i => BatchRequestLine.Chat($"prompt-{i}", "gpt-4o-mini", $"How much is {i} times {i}?")))
    {
        Limits = BatchLimits.OpenAI with { MaxLines = 500 },
        MaxBatchesInFlight = 3,
        Price = new TokenPrice(InputPerMillion: 0.075m, OutputPerMillion: 0.30m),
    };
    BatchRunSummary summary = await Screen.WatchAsync(progress => runs.RunAsync(request, progress, stop.Token));

    await runs.WriteResultsAsync(name, results, stop.Token);
    Screen.Show(summary);
    Screen.Say("Results", results);
    gateway.Release();
    return summary.Status == BatchRunStatus.Ended ? 0 : 1;
}
catch (OperationCanceledException)
{
    Screen.Fail("Stopped. Its batches go on without this program. To come back to them:", 1);
    return Screen.Suggest("dotnet run --project samples/NightlyRun", 1);
}
catch (Exception problem) when (problem is BatchClientException or IOException or UnauthorizedAccessException)
{
    return Screen.Fail(problem.Message, 1);
}
