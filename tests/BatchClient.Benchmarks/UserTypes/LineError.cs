namespace BatchGateway.Benchmarks.UserTypes;

internal sealed class LineError
{
    public string? Code { get; set; }

    public string? Message { get; set; }
}
