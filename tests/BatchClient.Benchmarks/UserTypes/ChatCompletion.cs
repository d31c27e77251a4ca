namespace BatchGateway.Benchmarks.UserTypes;

internal sealed class ChatCompletion
{
    public string? Id { get; set; }

    public string? Object { get; set; }

    public long Created { get; set; }

    public string? Model { get; set; }

    public List<CompletionChoice>? Choices { get; set; }

    public CompletionUsage? Usage { get; set; }

    public string? ServiceTier { get; set; }

    public string? SystemFingerprint { get; set; }
}
