using BatchGateway.Benchmarks;
using BatchGateway.Benchmarks.Bdn;
using BatchGateway.Benchmarks.Compare;
using BatchGateway.Benchmarks.Memory;
using BatchGateway.Benchmarks.Runs;
using BatchGateway.Benchmarks.Server;

// Measures this library against what an ordinary user writes without it (Baselines.cs).
//   compare [--only <prefix>] [--data-mb 200] [--transfer-mb 2000] [--rounds 5] [--transfer-rounds 3] [--call-rounds 301]
//   bdn [arguments of BenchmarkDotNet]
// and what a run costs:
//   run-scale [--lines 1000000] [--batches 20] [--life 60] [--busy 0] [--gateway openai]
//   run-fleet [--lines 1000] [--batches 1000]
try
{
    return await RunAsync(args);
}
catch (ArgumentException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 2;
}

static async Task<int> RunAsync(string[] args) => args switch
{
    [Verbs.Compare, .. var rest] => await CompareCommand.RunAsync(rest),
    [Verbs.Bdn, .. var rest] => BdnCommand.Run(rest),
    [Verbs.RunScale, .. var rest] => await ScaleCommand.RunAsync(rest),
    [Verbs.RunFleet, .. var rest] => await FleetCommand.RunAsync(rest),
    [Verbs.Serve] => await ServeCommand.RunAsync(),
    [Verbs.Memory, .. var rest] => await MemoryCommand.RunAsync(rest),
    [Verbs.Emulate, .. var rest] => await EmulateCommand.RunAsync(rest),
    [Verbs.DriveRun, .. var rest] => await DriveCommand.RunAsync(rest),
    _ => throw new ArgumentException($"Say {Verbs.Compare}, {Verbs.Bdn}, {Verbs.RunScale} or {Verbs.RunFleet}."),
};
