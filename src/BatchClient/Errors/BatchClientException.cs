namespace BatchGateway;

/// <summary>
/// The base of everything that this library throws about batches and files. Its message says what failed, how things stand now and what
/// to do. A cancelled <see cref="CancellationToken"/> of the caller's is an <see cref="OperationCanceledException"/> instead.
/// </summary>
public class BatchClientException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What failed, how things stand and what to do.</param>
    /// <param name="innerException">What caused it.</param>
    public BatchClientException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
