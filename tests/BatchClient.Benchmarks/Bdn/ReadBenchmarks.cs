using BatchGateway.Benchmarks.Data;
using BenchmarkDotNet.Attributes;

namespace BatchGateway.Benchmarks.Bdn;

/// <summary>Reading a file of 20 MB of result lines.</summary>
[MemoryDiagnoser]
public class ReadBenchmarks
{
    private const int Seed = 7;
    private const long Size = 20 * Units.Megabyte;

    private TempFolder? _folder;
    private string _path = "";

    [GlobalSetup]
    public void Start()
    {
        _folder = new TempFolder();
        _path = _folder.File("results.jsonl");
        using FileStream file = File.Create(_path);
        new ResultLines(Seed).WriteTo(file, Size);
    }

    [GlobalCleanup]
    public void Stop() => _folder?.Dispose();

    [Benchmark(Baseline = true)]
    public async Task<long> Baseline() => (await Baselines.ReadAsync(_path)).Succeeded;

    [Benchmark]
    public async Task<long> Span() => (await Ours.ReadSpanAsync(_path)).Succeeded;

    [Benchmark]
    public async Task<long> Lazy() => (await Ours.ReadLazyAsync(_path)).Succeeded;

    [Benchmark]
    public async Task<long> Typed() => (await Ours.ReadTypedAsync(_path)).Tokens;

    [Benchmark]
    public async Task<long> Chat() => (await Ours.ReadChatAsync(_path)).Tokens;
}
