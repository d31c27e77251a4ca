using BatchGateway.Benchmarks.Data;
using BenchmarkDotNet.Attributes;

namespace BatchGateway.Benchmarks.Bdn;

/// <summary>Uploading a file of 200 MB.</summary>
[MemoryDiagnoser]
public class UploadBenchmarks : ServerBenchmarks
{
    private const int Seed = 7;

    private string _path = "";

    [Benchmark(Baseline = true)]
    public Task<string> Baseline() => Baselines.UploadAsync(Http, Server.FilesUrl, _path);

    [Benchmark(Description = "Ours")]
    public Task<long> WithOurs() => Ours.UploadAsync(Client, _path);

    [Benchmark]
    public Task<long> OpenAI() => Peer.UploadAsync(_path);

    private protected override void Prepare()
    {
        _path = FilePath("upload.jsonl");
        using FileStream file = File.Create(_path);
        new ResultLines(Seed).WriteTo(file, 200 * Units.Megabyte);
    }
}
