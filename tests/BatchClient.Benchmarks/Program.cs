using BatchGateway.Benchmarks;
using BatchGateway.Benchmarks.Bdn;
using BatchGateway.Benchmarks.Compare;
using BatchGateway.Benchmarks.Memory;
using BatchGateway.Benchmarks.Server;

// Measures this library against what an ordinary user writes without it (Baselines.cs).
//   compare [--only <prefix>] [--data-mb 200] [--transfer-mb 2000] [--rounds 5] [--transfer-rounds 3]
//   bdn [arguments of BenchmarkDotNet]
switch (args)
{
    case [Verbs.Compare, .. var rest]:
        return await CompareCommand.RunAsync(rest);
    case [Verbs.Bdn, .. var rest]:
        return BdnCommand.Run(rest);
    case [Verbs.Serve]:
        return await ServeCommand.RunAsync();
    case [Verbs.Memory, .. var rest]:
        return await MemoryCommand.RunAsync(rest);
    default:
        await Console.Error.WriteLineAsync($"Say {Verbs.Compare} or {Verbs.Bdn}.");
        return 2;
}
