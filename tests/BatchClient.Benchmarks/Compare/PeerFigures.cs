using BatchGateway.Benchmarks.Peers;
using BatchGateway.Benchmarks.Server;

namespace BatchGateway.Benchmarks.Compare;

/// <summary>The OpenAI package beside ours where both can do the job. Not figures but remarks: its time divided by ours.</summary>
internal sealed class PeerFigures : IFigures
{
    private const int SmallCalls = 10_000;

    private const string GetBatch = "vs_openai_get_batch_time_ratio";
    private const string Upload = "vs_openai_upload_time_ratio";
    private const string Download = "vs_openai_download_time_ratio";
    private const string Read = "vs_openai_read_results_time_ratio";

    public IReadOnlyList<string> Names => [GetBatch, Upload, Download, Read];

    public async Task MeasureAsync(CompareContext context)
    {
        OpenAIPeer peer = new(context.Server.BaseUrl);
        using OwnedBatchClient client = context.Server.CreateClient();
        await GetBatchAsync(context, peer, client);
        await UploadAsync(context, peer, client);
        await DownloadAsync(context, peer, client);
        await ReadAsync(context, peer, client);
    }

    private static async Task GetBatchAsync(CompareContext context, OpenAIPeer peer, OwnedBatchClient client)
    {
        string id = Route.BatchId(1);
        await ReportAsync(GetBatch, context, new Pair<int>(
            Side<int>.Of(() => CountAsync(async () => await peer.GetBatchStatusAsync(id) == "completed")),
            Side<int>.Of(() => CountAsync(async () => (await client.Batches.GetAsync(id)).Status.Kind == BatchStatusKind.Completed))));
    }

    private static async Task UploadAsync(CompareContext context, OpenAIPeer peer, OwnedBatchClient client)
    {
        string path = context.MakeUpload();
        long bytes = new FileInfo(path).Length;
        await ReportAsync(Upload, context, new Pair<bool>(
            Side<bool>.Of(async () => UploadFigures.HasArrived(bytes, await peer.UploadAsync(path))),
            Side<bool>.Of(async () => UploadFigures.HasArrived(bytes, await Ours.UploadAsync(client, path)))));
        File.Delete(path);
    }

    private static async Task DownloadAsync(CompareContext context, OpenAIPeer peer, OwnedBatchClient client)
    {
        string id = Route.FileId(context.Options.TransferBytes);
        string path = context.Folder.File("download.jsonl");
        await ReportAsync(Download, context, new Pair<long>(
            new(() => peer.DownloadAsync(id, path), () => new FileInfo(path).Length),
            new(() => Ours.DownloadAsync(client, id, path), () => new FileInfo(path).Length),
            path));
        File.Delete(path);
    }

    private static async Task ReadAsync(CompareContext context, OpenAIPeer peer, OwnedBatchClient client)
    {
        long bytes = context.Options.DataBytes;
        await ReportAsync(Read, context, new Pair<ReadTotals>(
            Side<ReadTotals>.Of(() => peer.ReadAsync(Route.FileId(bytes))),
            Side<ReadTotals>.Of(() => Ours.ReadBatchAsync(client, Route.BatchId(bytes)))));
    }

    private static async Task ReportAsync<TSeen>(string name, CompareContext context, Pair<TSeen> pair)
        where TSeen : IEquatable<TSeen>
    {
        PairResult result = await pair.RunAsync(context.Options.TransferRounds);
        Report.Comment($"{name} {result.Speedup:0.###}");
    }

    private static async Task<int> CountAsync(Func<Task<bool>> call)
    {
        int count = 0;
        for (int i = 0; i < SmallCalls; i++)
            count += await call() ? 1 : 0;
        return count;
    }
}
