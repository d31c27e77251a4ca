namespace BatchGateway.Benchmarks.UserTypes;

/// <summary>A line of an input file, whole.</summary>
internal sealed class RequestLine
{
    public required string CustomId { get; set; }

    public string Method { get; set; } = "POST";

    public string Url { get; set; } = "/v1/chat/completions";

    public required RequestBody Body { get; set; }
}
