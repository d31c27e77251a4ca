using System.Text.Json;
using BatchGateway.Benchmarks.Server;
using BenchmarkDotNet.Attributes;

namespace BatchGateway.Benchmarks.Bdn;

/// <summary>Getting a batch and looking at its status.</summary>
[MemoryDiagnoser]
public class GetBatchBenchmarks : ServerBenchmarks
{
    private static readonly string Id = Route.BatchId(1);

    [Benchmark(Baseline = true)]
    public async Task<string?> HttpClientAndDocument()
    {
        await using Stream stream = await Http.GetStreamAsync(new Uri($"{Server.BaseUrl}/batches/{Id}"));
        using JsonDocument batch = await JsonDocument.ParseAsync(stream);
        return batch.RootElement.GetProperty("status").GetString();
    }

    [Benchmark(Description = "Ours")]
    public async Task<BatchStatus> WithOurs() => (await Client.Batches.GetAsync(Id)).Status;

    [Benchmark]
    public Task<string?> OpenAI() => Peer.GetBatchStatusAsync(Id);
}
