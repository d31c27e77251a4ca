using System.Globalization;
using BatchGateway.Benchmarks.Data;
using BatchGateway.Benchmarks.Server;

namespace BatchGateway.Benchmarks.Memory;

/// <summary>A working life in one process: a small call, then write, upload, download and read. Prints what it took at most.</summary>
internal static class MemoryCommand
{
    private const int Seed = 3;

    /// <param name="arguments">The folder for the files, the bytes a file, the address of the server.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        string folder = arguments[0];
        long bytes = long.Parse(arguments[1], CultureInfo.InvariantCulture);
        using OwnedBatchClient client = new ServerAddress(new Uri(arguments[2])).CreateClient();
        await client.Files.GetAsync(Route.FileId(bytes));
        double start = ProcessMemory.Resident();
        Say("the first call", start);

        await SendAsync(client, Path.Combine(folder, "memory-requests.jsonl"), bytes);
        await FetchAsync(client, Path.Combine(folder, "memory-results.jsonl"), bytes);

        Report.Figure("peak_rss_mb", ProcessMemory.Peak());
        Report.Figure("rss_growth_mb", ProcessMemory.Peak() - start);
        return 0;
    }

    private static async Task SendAsync(OwnedBatchClient client, string path, long bytes)
    {
        await Ours.WriteAsync(new Prompts(Seed).Ours(Prompts.LinesOf(bytes)), path);
        Say($"writing {new FileInfo(path).Length / Units.Megabyte} MB", ProcessMemory.Peak());
        long received = await Ours.UploadAsync(client, path);
        Say($"uploading {received / Units.Megabyte} MB", ProcessMemory.Peak());
        File.Delete(path);
    }

    private static async Task FetchAsync(OwnedBatchClient client, string path, long bytes)
    {
        long length = await Ours.DownloadAsync(client, Route.FileId(bytes), path);
        Say($"downloading {length / Units.Megabyte} MB", ProcessMemory.Peak());
        ReadTotals totals = await Ours.ReadLazyAsync(path);
        Say($"reading {totals.Lines} lines", ProcessMemory.Peak());
        File.Delete(path);
    }

    private static void Say(string step, double megabytes) => Report.Comment($"memory: {megabytes:0.0} MB at most after {step}");
}
