namespace BatchGateway;

/// <summary>A batch was asked to be completed and is not. Its result files may still hold lines that were paid for.</summary>
public sealed class BatchNotCompletedException : BatchClientException
{
    private const int ErrorsInMessage = 3;

    /// <summary>Makes the exception.</summary>
    /// <param name="batch">The batch.</param>
    public BatchNotCompletedException(Batch batch)
        : base(Describe(batch)) => Batch = batch;

    /// <summary>The batch.</summary>
    public Batch Batch { get; }

    private static string Describe(Batch batch)
    {
        IReadOnlyList<BatchError> errors = batch.Errors;
        string reasons = errors.Count == 0 ? "" : $" The gateway says: {string.Join("; ", errors.Take(ErrorsInMessage))}"
            + (errors.Count > ErrorsInMessage ? $"; and {errors.Count - ErrorsInMessage} more." : ".");
        string next = (batch.OutputFileId ?? batch.ErrorFileId) is null
            ? "It has no result files."
            : "Its result files hold what was done; read them before anything is sent again.";
        return $"Batch '{batch.Id}' is '{batch.Status}', not completed.{reasons} {next}";
    }
}
