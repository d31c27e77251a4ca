namespace BatchGateway.Benchmarks.UserTypes;

/// <summary>A line of a result file, whole.</summary>
internal sealed class ResultLine
{
    public string? Id { get; set; }

    public string? CustomId { get; set; }

    public ResultResponse? Response { get; set; }

    public LineError? Error { get; set; }
}
