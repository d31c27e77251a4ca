using BatchGateway.Benchmarks.Server;
using BenchmarkDotNet.Attributes;

namespace BatchGateway.Benchmarks.Bdn;

/// <summary>Downloading a file of 200 MB to disk; ours flushes it to the disk, the others do not.</summary>
[MemoryDiagnoser]
public class DownloadBenchmarks : ServerBenchmarks
{
    private const long Size = 200 * Units.Megabyte;

    [Benchmark(Baseline = true)]
    public Task Baseline() => Baselines.DownloadAsync(Http, Server.ContentUrl(Size), FilePath("download.jsonl"));

    [Benchmark(Description = "Ours")]
    public Task<long> WithOurs() => Ours.DownloadAsync(Client, Route.FileId(Size), FilePath("download.jsonl"));

    [Benchmark]
    public Task OpenAI() => Peer.DownloadAsync(Route.FileId(Size), FilePath("download.jsonl"));
}
