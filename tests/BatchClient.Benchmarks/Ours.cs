using BatchGateway.Benchmarks.UserTypes;
using BatchGateway.Internal.Files;
using BatchGateway.Internal.Lines;

namespace BatchGateway.Benchmarks;

/// <summary>What this library does in place of the baselines, a method a figure.</summary>
internal static class Ours
{
    /// <summary>The engine under the public reader: the place, kind, id and status of every line.</summary>
    public static async Task<ReadTotals> ReadSpanAsync(string path)
    {
        ReadTotals totals = default;
        await using FileStream file = LocalFiles.OpenRead(path);
        await using LineReader reader = LineReader.Ahead(file);
        while (await reader.MoveNextAsync(CancellationToken.None))
        {
            ResultFacts facts = ResultFacts.Of(reader.Current);
            totals.AddLine(facts.Kind == BatchOutcomeKind.Succeeded, facts.StatusCode, facts.CustomId.Length);
        }

        return totals;
    }

    /// <summary>The public reader, with every body left as bytes.</summary>
    public static async Task<ReadTotals> ReadLazyAsync(string path)
    {
        ReadTotals totals = default;
        await foreach (BatchResultLine line in BatchResultFile.ReadAsync(path))
            Add(ref totals, line);
        return totals;
    }

    /// <summary>The public reader, with every body read as the user's own type.</summary>
    public static async Task<ReadTotals> ReadTypedAsync(string path)
    {
        ReadTotals totals = default;
        await foreach (BatchResultLine line in BatchResultFile.ReadAsync(path))
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
        await foreach (BatchResultLine line in BatchResultFile.ReadAsync(path))
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

    /// <summary>Request lines to a file, checked as a server would, and renamed.</summary>
    public static Task WriteAsync(IEnumerable<BatchRequestLine> lines, string path) => BatchRequestFile.WriteAsync(path, lines);

    /// <returns>The length that the server saw.</returns>
    public static async Task<long> UploadAsync(IBatchClient client, string path) => (await client.Files.UploadAsync(path)).Bytes ?? 0;

    public static Task<long> DownloadAsync(IBatchClient client, string fileId, string path) => client.Files.DownloadAsync(fileId, path);

    private static void Add(ref ReadTotals totals, BatchResultLine line) =>
        totals.AddLine(line.Kind == BatchOutcomeKind.Succeeded, line.StatusCode, line.CustomId!.Length);

    private static void AddTyped(ref ReadTotals totals, BatchResultLine line)
    {
        ChatCompletion? body = line.ReadBody(UserJson.Default.ChatCompletion);
        totals.AddAnswer(body?.Usage?.TotalTokens, body?.Choices?[0].Message?.Content);
    }
}
