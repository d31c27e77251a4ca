namespace BatchGateway.Benchmarks.Compare;

/// <summary>Figures that are measured together.</summary>
internal interface IFigures
{
    IReadOnlyList<string> Names { get; }

    Task MeasureAsync(CompareContext context);
}
