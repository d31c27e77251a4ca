namespace BatchGateway.Benchmarks.UserTypes;

internal sealed class RequestMessage
{
    public required string Role { get; set; }

    public required string Content { get; set; }
}
