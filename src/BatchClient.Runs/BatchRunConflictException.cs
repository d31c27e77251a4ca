namespace BatchGateway.Runs;

/// <summary>A run of this name exists with another input. Nothing was sent, and the run is as it was.</summary>
public sealed class BatchRunConflictException : BatchClientException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What failed, how things stand and what to do.</param>
    /// <param name="innerException">What caused it.</param>
    public BatchRunConflictException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The name of the run.</summary>
    public string RunName { get; init; } = "";

    /// <summary>How many lines the run has.</summary>
    public long ExistingLines { get; init; }

    /// <summary>How many lines were given.</summary>
    public long GivenLines { get; init; }

    /// <summary>
    /// The number of the first line that differs, counted from 1; when one input is the beginning of the other, of the first line behind it.
    /// </summary>
    public long? FirstDifference { get; init; }
}
