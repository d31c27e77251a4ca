namespace BatchGateway.Runs;

/// <summary>Where a run stands.</summary>
public enum BatchRunStatus
{
    /// <summary>Its input is not durable yet; nothing was sent.</summary>
    Spooling = 0,

    /// <summary>Its batches are under way, or wait for somebody to resume the run.</summary>
    Running,

    /// <summary>
    /// It was cancelled, or its deadline passed: what is in flight is cancelled and its results are brought in. It stays so while a shard is ambiguous.
    /// </summary>
    Cancelling,

    /// <summary>Every line has an outcome.</summary>
    Ended,
}
