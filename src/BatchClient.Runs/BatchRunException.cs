namespace BatchGateway.Runs;

/// <summary>
/// A run cannot go on, or not in the way that was asked for: it does not exist, its client is not registered or points elsewhere, shards of it have
/// stopped, the disk has failed, lines are still open, or a shard is not in a state to be settled.
/// </summary>
public sealed class BatchRunException : BatchClientException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What failed, how things stand and what to do.</param>
    /// <param name="innerException">What caused it.</param>
    public BatchRunException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
