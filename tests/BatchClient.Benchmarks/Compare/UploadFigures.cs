using System.Text.Json;

namespace BatchGateway.Benchmarks.Compare;

/// <summary>Uploading a file from disk.</summary>
internal sealed class UploadFigures : IFigures
{
    public IReadOnlyList<string> Names => ["upload_throughput_ratio"];

    public async Task MeasureAsync(CompareContext context)
    {
        string path = context.MakeUpload();
        long bytes = new FileInfo(path).Length;
        using HttpClient http = new();
        using OwnedBatchClient client = context.Server.CreateClient();
        Pair<bool> pair = new(
            Side<bool>.Of(async () => HasArrived(bytes, LengthIn(await Baselines.UploadAsync(http, context.Server.FilesUrl, path)))),
            Side<bool>.Of(async () => HasArrived(bytes, await Ours.UploadAsync(client, path))));

        PairResult result = await pair.RunAsync(context.Options.TransferRounds);
        result.Explain("upload", bytes);
        Report.Figure(Names[0], result.Speedup);
        File.Delete(path);
    }

    /// <summary>The server counts the whole body, in which each side wraps the file in its own way.</summary>
    public static bool HasArrived(long bytes, long received) => received > bytes && received < bytes + 2000
        ? true
        : throw new InvalidOperationException($"{bytes} bytes were uploaded, and {received} arrived.");

    private static long LengthIn(string answer)
    {
        using JsonDocument file = JsonDocument.Parse(answer);
        return file.RootElement.GetProperty("bytes").GetInt64();
    }
}
