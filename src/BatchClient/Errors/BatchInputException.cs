namespace BatchGateway;

/// <summary>The input was refused before anything was paid for.</summary>
public sealed class BatchInputException : BatchClientException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">What caused it.</param>
    public BatchInputException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The rule that was broken, in the servers' own words.</summary>
    public BatchErrorCode Rule { get; init; }

    /// <summary>The line, counted from 1; null when it is not about one line.</summary>
    public long? LineNumber { get; init; }

    /// <summary>The custom id of the line; null when it has none.</summary>
    public string? CustomId { get; init; }
}
