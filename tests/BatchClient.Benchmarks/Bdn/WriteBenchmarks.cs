using BatchGateway.Benchmarks.Data;
using BenchmarkDotNet.Attributes;

namespace BatchGateway.Benchmarks.Bdn;

/// <summary>Writing 20 MB of request lines to a file.</summary>
[MemoryDiagnoser]
public class WriteBenchmarks
{
    private const int Seed = 5;

    private static readonly int Lines = Prompts.LinesOf(20 * Units.Megabyte);

    private readonly Prompts _prompts = new(Seed);
    private TempFolder? _folder;
    private string _path = "";

    [GlobalSetup]
    public void Start()
    {
        _folder = new TempFolder();
        _path = _folder.File("requests.jsonl");
    }

    [GlobalCleanup]
    public void Stop() => _folder?.Dispose();

    [Benchmark(Baseline = true)]
    public void Baseline() => Baselines.Write(_prompts.Users(Lines), _path);

    [Benchmark(Description = "Ours")]
    public Task WithOurs() => Ours.WriteAsync(_prompts.Ours(Lines), _path);
}
