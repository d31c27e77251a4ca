namespace BatchGateway;

/// <summary>The caller's limit for waiting ran out before the batch came to its end. The batch goes on at the gateway.</summary>
public sealed class BatchWaitTimeoutException : BatchClientException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="last">The last snapshot; null when none could be had.</param>
    /// <param name="timeout">The limit that ran out.</param>
    /// <param name="message">What failed, how things stand and what to do.</param>
    /// <param name="innerException">The last failure of a poll, if the last poll failed.</param>
    public BatchWaitTimeoutException(Batch? last, TimeSpan timeout, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Last = last;
        Timeout = timeout;
    }

    /// <summary>The last snapshot of the batch; null when none could be had.</summary>
    public Batch? Last { get; }

    /// <summary>The limit that ran out.</summary>
    public TimeSpan Timeout { get; }
}
