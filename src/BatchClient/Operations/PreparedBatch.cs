namespace BatchGateway;

/// <summary>A batch whose lines are uploaded and that is not created yet: nothing is paid.</summary>
public abstract class PreparedBatch
{
    /// <summary>For implementations and for fakes in tests.</summary>
    protected PreparedBatch()
    {
    }

    /// <summary>
    /// What to save before the create: with it another process finds the batch, should this one die with the create under way.
    /// </summary>
    public abstract BatchReference Reference { get; }

    /// <summary>The uploaded file.</summary>
    public abstract BatchFile InputFile { get; }

    /// <summary>How many lines it has.</summary>
    public abstract long LineCount { get; }

    /// <summary>
    /// Creates the batch. If the answer is lost, the batch is looked for in the gateway's list; the create is not sent again. After a
    /// refusal, and when nothing was sent, it may be called again; after an ambiguous end it only looks again.
    /// </summary>
    /// <param name="cancellationToken">Honoured until the create is sent; then its answer is waited for up to ten seconds.</param>
    /// <exception cref="BatchApiException">The gateway refused; there is no batch.</exception>
    /// <exception cref="BatchConnectionException">The gateway could not be reached; there is no batch.</exception>
    /// <exception cref="AmbiguousCreateException">The create was sent, and whether there is a batch could not be found out.</exception>
    /// <exception cref="InvalidOperationException">The batch was created already.</exception>
    public abstract Task<BatchOperation> CreateAsync(CancellationToken cancellationToken = default);

    /// <summary>Deletes the uploaded file instead of creating the batch.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="BatchApiException">The gateway refused.</exception>
    /// <exception cref="BatchConnectionException">No complete answer came.</exception>
    /// <exception cref="InvalidOperationException">The batch was created, or may have been.</exception>
    public abstract Task DiscardAsync(CancellationToken cancellationToken = default);
}
