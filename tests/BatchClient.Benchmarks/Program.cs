using BatchGateway.Benchmarks;
using BatchGateway.Benchmarks.Bdn;
using BatchGateway.Benchmarks.Compare;
using BatchGateway.Benchmarks.Memory;
using BatchGateway.Benchmarks.Server;

// Measures this library against what an ordinary user writes without it (Baselines.cs).
//   compare [--only <prefix>] [--data-mb 200] [--transfer-mb 2000] [--rounds 5] [--transfer-rounds 3]
//   bdn [arguments of BenchmarkDotNet]
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
    [Verbs.Serve] => await ServeCommand.RunAsync(),
    [Verbs.Memory, .. var rest] => await MemoryCommand.RunAsync(rest),
    _ => throw new ArgumentException($"Say {Verbs.Compare} or {Verbs.Bdn}."),
};
