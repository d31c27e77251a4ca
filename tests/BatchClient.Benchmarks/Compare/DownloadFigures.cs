using BatchGateway.Benchmarks.Server;

namespace BatchGateway.Benchmarks.Compare;

/// <summary>Downloading a file to disk. Ours ends with a flush to the disk and a rename, the baseline does not: it is what users get.</summary>
internal sealed class DownloadFigures : IFigures
{
    public IReadOnlyList<string> Names => ["download_throughput_ratio"];

    public async Task MeasureAsync(CompareContext context)
    {
        long bytes = context.Options.TransferBytes;
        string path = context.Folder.File("download.jsonl");
        using HttpClient http = new();
        using OwnedBatchClient client = context.Server.CreateClient();
        Pair<long> pair = new(
            new(() => Baselines.DownloadAsync(http, context.Server.ContentUrl(bytes), path), () => new FileInfo(path).Length),
            new(() => Ours.DownloadAsync(client, Route.FileId(bytes), path), () => new FileInfo(path).Length),
            path);

        PairResult result = await pair.RunAsync(context.Options.TransferRounds);
        result.Explain("download", new FileInfo(path).Length);
        Report.Figure(Names[0], result.Speedup);
        File.Delete(path);
    }
}
