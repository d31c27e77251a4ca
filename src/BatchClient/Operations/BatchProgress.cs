namespace BatchGateway;

/// <summary>What a wait reports after each poll.</summary>
public sealed record BatchProgress
{
    /// <summary>The last snapshot; null while none could be had.</summary>
    public Batch? Batch { get; init; }

    /// <summary>How long the wait has lasted.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>When the next poll follows; zero after the last.</summary>
    public TimeSpan NextPollIn { get; init; }

    /// <summary>Why this poll gave no snapshot; null when it did.</summary>
    public BatchClientException? Failure { get; init; }

    /// <summary>Something a person should know, such as a status that nobody knows; null for nothing.</summary>
    public string? Notice { get; init; }
}
