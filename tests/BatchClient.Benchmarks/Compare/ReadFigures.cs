namespace BatchGateway.Benchmarks.Compare;

/// <summary>Reading the result file in one way.</summary>
internal sealed class ReadFigures : IFigures
{
    private readonly string _name;
    private readonly Func<string, Task<ReadTotals>> _read;

    private ReadFigures(string name, Func<string, Task<ReadTotals>> read) => (_name, _read) = (name, read);

    /// <summary>The name of the figure of what ours allocates; null for none.</summary>
    private string? Allocation { get; init; }

    private Func<double, long, double> OfAllocated { get; init; } = (allocated, _) => allocated / Units.Megabyte;

    private bool ReadsAnswers { get; init; }

    public IReadOnlyList<string> Names => Allocation is null ? [$"{_name}_speedup"] : [$"{_name}_speedup", Allocation];

    public static IEnumerable<ReadFigures> All() =>
    [
        new("read_span", Ours.ReadSpanAsync) { Allocation = "read_span_allocated_mb" },
        new("read_lazy", Ours.ReadLazyAsync) { Allocation = "read_lazy_allocated_ratio", OfAllocated = (allocated, bytes) => allocated / bytes },
        new("read_typed", Ours.ReadTypedAsync) { ReadsAnswers = true },
        new("read_chat", Ours.ReadChatAsync) { ReadsAnswers = true },
    ];

    public async Task MeasureAsync(CompareContext context)
    {
        string path = context.Results;
        long bytes = new FileInfo(path).Length;
        Pair<ReadTotals> pair = new(Side<ReadTotals>.Of(() => BaselineAsync(path)), Side<ReadTotals>.Of(() => _read(path)));
        PairResult result = await pair.RunAsync(context.Options.Rounds);
        result.Explain(_name, bytes);
        Report.Figure(Names[0], result.Speedup);
        if (Allocation is not null)
            Report.Figure(Allocation, OfAllocated(result.Allocated, bytes));
    }

    private async Task<ReadTotals> BaselineAsync(string path)
    {
        ReadTotals totals = await Baselines.ReadAsync(path);
        return ReadsAnswers ? totals : totals.WithoutAnswers();
    }
}
