namespace BatchGateway.Benchmarks.UserTypes;

internal sealed class CompletionChoice
{
    public int Index { get; set; }

    public CompletionMessage? Message { get; set; }

    public string? FinishReason { get; set; }
}
