namespace BatchGateway.Runs.Internal;

/// <summary>Which lines of a batch are tried again.</summary>
internal sealed record HarvestOptions
{
    /// <summary>How often a line may be tried, its first time included.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>How often a line may be sent again because its batch expired; these times are no attempts.</summary>
    public int MaxExpiries { get; init; } = 3;

    /// <summary>How often a line may be sent again because its batch was refused for other lines; these times are no attempts.</summary>
    public int MaxRefusals { get; init; } = 10;

    /// <summary>Whether lines are sent again that a completed batch has no result for. They may have been paid for.</summary>
    public bool RetryMissing { get; init; }

    /// <summary>Decides in place of the rules about a line whose result is no success, within the limits above. Null for the rules.</summary>
    public Func<BatchResultLine, bool>? ShouldRetry { get; init; }

    /// <summary>What one batch may have.</summary>
    public BatchLimits Limits { get; init; } = BatchLimits.OpenAI;

    /// <summary>Whether the batch ended because this run, or its deadline, cancelled it: then nothing of it is sent again.</summary>
    public bool WasCancelledByUs { get; init; }
}
