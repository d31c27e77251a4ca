using BatchGateway.Benchmarks.Server;
using BenchmarkDotNet.Attributes;

namespace BatchGateway.Benchmarks.Bdn;

/// <summary>Reading the results of a finished batch, 20 MB, from the gateway into the user's own type. Both ends on loopback.</summary>
[MemoryDiagnoser]
public class ReadBatchBenchmarks : ServerBenchmarks
{
    private const long Size = 20 * Units.Megabyte;

    [Benchmark(Baseline = true)]
    public async Task<long> OpenAI() => (await Peer.ReadAsync(Route.FileId(Size))).Tokens;

    [Benchmark(Description = "Ours")]
    public async Task<long> WithOurs() => (await Ours.ReadBatchAsync(Client, Route.BatchId(Size))).Tokens;
}
