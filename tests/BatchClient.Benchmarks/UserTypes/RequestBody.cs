namespace BatchGateway.Benchmarks.UserTypes;

internal sealed class RequestBody
{
    public required string Model { get; set; }

    public required List<RequestMessage> Messages { get; set; }
}
