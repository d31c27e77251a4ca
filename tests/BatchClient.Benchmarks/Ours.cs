using BatchGateway.Benchmarks.UserTypes;
using BatchGateway.Internal.Lines;

namespace BatchGateway.Benchmarks;

/// <summary>What this library does in place of the baselines, a method a figure.</summary>
internal static class Ours
{
    private const int BufferSize = 128 << 10;

    /// <summary>The engine under the public reader: the place, kind, id and status of every line.</summary>
    public static async Task<ReadTotals> ReadSpanAsync(string path)
    {
        ReadTotals totals = default;
        await using FileStream file = Open(path);
        await foreach (JsonLine bytes in JsonLineReader.ReadAsync(file, CancellationToken.None))
            Add(ref totals, ResultLineParser.Parse(bytes));
        return totals;
    }

    /// <summary>The public reader, with every body left as bytes.</summary>
    public static async Task<ReadTotals> ReadLazyAsync(string path)
    {
        ReadTotals totals = default;
        await foreach (BatchResultLine line in LinesOf(path))
            Add(ref totals, line);
        return totals;
    }

    /// <summary>The public reader, with every body read as the user's own type.</summary>
    public static async Task<ReadTotals> ReadTypedAsync(string path)
    {
        ReadTotals totals = default;
        await foreach (BatchResultLine line in LinesOf(path))
        {
            Add(ref totals, line);
            AddTyped(ref totals, line);
        }

        return totals;
    }

    /// <summary>The public reader, with every body read as this library's chat completion.</summary>
    public static async Task<ReadTotals> ReadChatAsync(string path)
    {
        ReadTotals totals = default;
        await foreach (BatchResultLine line in LinesOf(path))
        {
            Add(ref totals, line);
            ChatAnswer? answer = line.ReadChat();
            totals.AddAnswer(answer?.Usage?.TotalTokens, answer?.Text);
        }

        return totals;
    }

    /// <summary>The results of a finished batch, from the gateway, with every body read as the user's own type.</summary>
    public static async Task<ReadTotals> ReadBatchAsync(IBatchClient client, string batchId)
    {
        ReadTotals totals = default;
        await foreach (BatchResultLine line in client.Attach(batchId).ReadResultsAsync())
        {
            Add(ref totals, line);
            AddTyped(ref totals, line);
        }

        return totals;
    }

    /// <summary>Request lines to a file, checked as a server would. Until there is a call for it, by way of the spool that a submit uses.</summary>
    public static async Task WriteAsync(IEnumerable<BatchRequestLine> lines, string path)
    {
        await using RequestSpool spool = await RequestSpool.WriteAsync(AsyncLines.From(lines), CancellationToken.None);
        await using FileStream file = File.Create(path);
        await spool.Content.CopyToAsync(file, BufferSize);
    }

    /// <returns>The length that the server saw.</returns>
    public static async Task<long> UploadAsync(IBatchClient client, string path) => (await client.Files.UploadAsync(path)).Bytes ?? 0;

    public static Task<long> DownloadAsync(IBatchClient client, string fileId, string path) => client.Files.DownloadAsync(fileId, path);

    private static async IAsyncEnumerable<BatchResultLine> LinesOf(string path)
    {
        await using FileStream file = Open(path);
        await foreach (JsonLine bytes in JsonLineReader.ReadAsync(file, CancellationToken.None))
            yield return ResultLineParser.Parse(bytes);
    }

    private static void Add(ref ReadTotals totals, BatchResultLine line) =>
        totals.AddLine(line.Kind == BatchOutcomeKind.Succeeded, line.StatusCode, line.CustomId!.Length);

    private static void AddTyped(ref ReadTotals totals, BatchResultLine line)
    {
        ChatCompletion? body = line.ReadBody(UserJson.Default.ChatCompletion);
        totals.AddAnswer(body?.Usage?.TotalTokens, body?.Choices?[0].Message?.Content);
    }

    private static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
}
