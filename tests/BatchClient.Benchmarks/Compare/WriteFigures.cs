using BatchGateway.Benchmarks.Data;

namespace BatchGateway.Benchmarks.Compare;

/// <summary>Writing request lines to a file; ours checks them as well.</summary>
internal sealed class WriteFigures : IFigures
{
    private const int Seed = 5;

    public IReadOnlyList<string> Names => ["write_speedup"];

    public async Task MeasureAsync(CompareContext context)
    {
        Prompts prompts = new(Seed);
        int count = Prompts.LinesOf(context.Options.DataBytes);
        string path = context.Folder.File("requests.jsonl");
        Pair<WrittenTotals> pair = new(
            new(() => BaselineAsync(prompts, count, path), () => WrittenTotals.Of(path)),
            new(() => Ours.WriteAsync(prompts.Ours(count), path), () => WrittenTotals.Of(path)),
            path);

        PairResult result = await pair.RunAsync(context.Options.Rounds);
        result.Explain("write", new FileInfo(path).Length);
        Report.Figure(Names[0], result.Speedup);
        File.Delete(path);
    }

    private static Task BaselineAsync(Prompts prompts, int count, string path)
    {
        Baselines.Write(prompts.Users(count), path);
        return Task.CompletedTask;
    }
}
