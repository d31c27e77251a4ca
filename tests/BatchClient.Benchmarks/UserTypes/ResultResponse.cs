namespace BatchGateway.Benchmarks.UserTypes;

internal sealed class ResultResponse
{
    public int StatusCode { get; set; }

    public string? RequestId { get; set; }

    public ChatCompletion? Body { get; set; }
}
