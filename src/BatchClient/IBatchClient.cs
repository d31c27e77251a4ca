namespace BatchGateway;

/// <summary>
/// The front door: the gateway's calls one by one (<see cref="Batches"/>, <see cref="Files"/>), and whole batches from lines to outcomes.
/// Thread-safe; one instance serves an application.
/// </summary>
public interface IBatchClient
{
    /// <summary>The batch calls, one HTTP call each.</summary>
    IBatchesApi Batches { get; }

    /// <summary>The file calls, one HTTP call each.</summary>
    IFilesApi Files { get; }

    /// <summary>Checks lines and uploads them as one file. Nothing is paid for yet.</summary>
    /// <param name="lines">The lines; read once and written to a temporary file. Only their custom ids are held in memory.</param>
    /// <param name="options">How the batch will be created.</param>
    /// <param name="cancellationToken">Cancels; what was uploaded is deleted again, as far as the gateway lets it.</param>
    /// <returns>The prepared batch: save its <see cref="PreparedBatch.Reference"/>, then create it.</returns>
    /// <exception cref="ArgumentException">No lines could keep to the limits of the options: all that is wrong.</exception>
    /// <exception cref="BatchInputException">A line cannot be sent, and nothing was; or the gateway refused the uploaded file, and it is
    /// deleted.</exception>
    /// <exception cref="BatchApiException">The gateway refused the upload.</exception>
    /// <exception cref="BatchConnectionException">The upload did not come through.</exception>
    /// <exception cref="BatchResponseException">The answer to the upload is no file.</exception>
    /// <example>
    /// <code>
    /// PreparedBatch prepared = await gateway.PrepareAsync(lines);
    /// await File.WriteAllTextAsync(path, prepared.Reference.ToJson());
    /// BatchOperation operation = await prepared.CreateAsync();
    /// </code>
    /// </example>
    Task<PreparedBatch> PrepareAsync(
        IAsyncEnumerable<BatchRequestLine> lines, SubmitOptions? options = null, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="PrepareAsync(IAsyncEnumerable{BatchRequestLine}, SubmitOptions, CancellationToken)"/>
    Task<PreparedBatch> PrepareAsync(
        IEnumerable<BatchRequestLine> lines, SubmitOptions? options = null, CancellationToken cancellationToken = default) =>
        PrepareAsync(Internal.Lines.AsyncLines.From(lines), options, cancellationToken);

    /// <summary>Uploads a file of lines that was checked, as it is. Nothing is paid for yet.</summary>
    /// <param name="file">The file: <see cref="BatchRequestFile.OpenAsync"/> for one that is there already.</param>
    /// <param name="options">How the batch will be created. <see cref="SubmitOptions.Limits"/> and <see cref="SubmitOptions.UploadOnce"/> do not
    /// matter here: the file was checked, and is there to be sent again.</param>
    /// <param name="cancellationToken">Cancels; what was uploaded is deleted again, as far as the gateway lets it.</param>
    /// <returns>The prepared batch: save its <see cref="PreparedBatch.Reference"/>, then create it.</returns>
    /// <exception cref="BatchInputException">The file has changed since it was checked, and nothing was sent; or the gateway refused the
    /// uploaded file, and it is deleted.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="BatchApiException">The gateway refused the upload.</exception>
    /// <exception cref="BatchConnectionException">The upload did not come through.</exception>
    /// <exception cref="BatchResponseException">The answer to the upload is no file.</exception>
    Task<PreparedBatch> PrepareAsync(BatchRequestFile file, SubmitOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Checks lines, uploads them as one file and creates the batch:
    /// <see cref="PrepareAsync(IAsyncEnumerable{BatchRequestLine}, SubmitOptions, CancellationToken)"/> and
    /// <see cref="PreparedBatch.CreateAsync"/> in one.
    /// </summary>
    /// <param name="lines">The lines; read once, never held in memory as a whole.</param>
    /// <param name="options">How the batch is created.</param>
    /// <param name="cancellationToken">Cancels. Once the create is sent, its answer is waited for up to ten seconds.</param>
    /// <returns>The batch, under way.</returns>
    /// <exception cref="ArgumentException">No lines could keep to the limits of the options: all that is wrong.</exception>
    /// <exception cref="BatchInputException">A line cannot be sent; nothing was.</exception>
    /// <exception cref="BatchApiException">The gateway refused; there is no batch.</exception>
    /// <exception cref="BatchConnectionException">The gateway could not be reached; there is no batch.</exception>
    /// <exception cref="AmbiguousCreateException">The create was sent, and whether there is a batch could not be found out.</exception>
    /// <example>
    /// <code>
    /// BatchOperation operation = await gateway.SubmitAsync(
    ///     questions.Select(question => BatchRequestLine.Chat(question.Id, "gpt-4o-mini", question.Text)));
    /// </code>
    /// </example>
    Task<BatchOperation> SubmitAsync(
        IAsyncEnumerable<BatchRequestLine> lines, SubmitOptions? options = null, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="SubmitAsync(IAsyncEnumerable{BatchRequestLine}, SubmitOptions, CancellationToken)"/>
    Task<BatchOperation> SubmitAsync(
        IEnumerable<BatchRequestLine> lines, SubmitOptions? options = null, CancellationToken cancellationToken = default) =>
        SubmitAsync(Internal.Lines.AsyncLines.From(lines), options, cancellationToken);

    /// <summary>Uploads a file of lines that was checked, as it is, and creates the batch.</summary>
    /// <param name="file">The file: <see cref="BatchRequestFile.OpenAsync"/> for one that is there already.</param>
    /// <param name="options">How the batch is created. <see cref="SubmitOptions.Limits"/> and <see cref="SubmitOptions.UploadOnce"/> do not
    /// matter here: the file was checked, and is there to be sent again.</param>
    /// <param name="cancellationToken">Cancels. Once the create is sent, its answer is waited for up to ten seconds.</param>
    /// <returns>The batch, under way.</returns>
    /// <exception cref="BatchInputException">The file has changed since it was checked, and nothing was sent; or the gateway refused the
    /// uploaded file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="BatchApiException">The gateway refused; there is no batch.</exception>
    /// <exception cref="BatchConnectionException">The gateway could not be reached; there is no batch.</exception>
    /// <exception cref="AmbiguousCreateException">The create was sent, and whether there is a batch could not be found out.</exception>
    Task<BatchOperation> SubmitAsync(BatchRequestFile file, SubmitOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Goes on with a batch of another process or another time. Nothing is sent yet.</summary>
    /// <param name="reference">
    /// What was saved. If it was saved before the create, the first call looks the batch up in the gateway's list by its token.
    /// </param>
    /// <example>
    /// <code>
    /// BatchOperation operation = gateway.Attach(BatchReference.FromJson(await File.ReadAllTextAsync(path)));
    /// await operation.WaitAsync();
    /// </code>
    /// </example>
    BatchOperation Attach(BatchReference reference);

    /// <summary>Goes on with a batch that is known by its id. Nothing is sent yet.</summary>
    /// <param name="batchId">The id of the batch.</param>
    /// <param name="options">The provider, metadata and headers that the batch was made with.</param>
    BatchOperation Attach(string batchId, BatchCallOptions? options = null);
}
