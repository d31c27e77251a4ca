namespace BatchGateway.Benchmarks.UserTypes;

internal sealed class CompletionMessage
{
    public string? Role { get; set; }

    public string? Content { get; set; }

    public string? Refusal { get; set; }
}
