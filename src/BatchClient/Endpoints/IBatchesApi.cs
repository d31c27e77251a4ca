namespace BatchGateway;

/// <summary>The batch calls of the gateway. Each method is exactly one call, typed in, typed out; nothing is combined here.</summary>
public interface IBatchesApi
{
    /// <summary>Creates a batch: <c>POST /batches</c>. This is the call that costs money; it is never sent twice on a guess.</summary>
    /// <param name="request">The input file and what to do with it.</param>
    /// <param name="options">Provider, gateway metadata and headers for this call.</param>
    /// <param name="cancellationToken">
    /// Honoured until the first byte is sent. After that the call waits up to ten seconds for the answer, and then it is ambiguous.
    /// </param>
    /// <returns>The new batch. Its <see cref="Batch.Id"/> is certain; everything else may be missing.</returns>
    /// <exception cref="BatchApiException">The gateway refused; there is no batch.</exception>
    /// <exception cref="BatchConnectionException">The gateway could not be reached; nothing was sent.</exception>
    /// <exception cref="AmbiguousCreateException">It was sent, and whether there is a batch is unknown.</exception>
    /// <example>
    /// <code>
    /// Batch batch = await gateway.Batches.CreateAsync(new CreateBatchRequest
    /// {
    ///     InputFileId = fileId,
    ///     Endpoint = BatchEndpoint.ChatCompletions,
    /// });
    /// </code>
    /// </example>
    /// <seealso href="https://docs.truefoundry.com/gateway/batch-predictions-with-truefoundry-llm-gateway"/>
    Task<Batch> CreateAsync(CreateBatchRequest request, BatchCallOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Gets a batch: <c>GET /batches/{id}</c>.</summary>
    /// <param name="batchId">The id as it was received; it is escaped exactly once.</param>
    /// <param name="options">Provider, gateway metadata and headers for this call. The provider must be the one of the create.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="BatchApiException">The gateway refused, or knows no such batch.</exception>
    /// <exception cref="BatchConnectionException">No complete answer came.</exception>
    /// <exception cref="BatchResponseException">The answer is no batch.</exception>
    /// <example>
    /// <code>
    /// Batch batch = await gateway.Batches.GetAsync(batchId);
    /// Console.WriteLine($"{batch.Status}: {batch.RequestCounts?.Completed} of {batch.RequestCounts?.Total}");
    /// </code>
    /// </example>
    Task<Batch> GetAsync(string batchId, BatchCallOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Gets one page of the list of batches, newest first: <c>GET /batches</c>. Not every gateway has it.</summary>
    /// <param name="after">The id after which the page starts; null for the first page.</param>
    /// <param name="limit">How many; null for the gateway's default, usually 20.</param>
    /// <param name="options">Provider, gateway metadata and headers for this call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="BatchApiException">The gateway refused; <see cref="BatchApiException.IsRouteUnsupported"/> when it has no such
    /// call.</exception>
    /// <exception cref="BatchConnectionException">No complete answer came.</exception>
    /// <exception cref="BatchResponseException">The answer is no list.</exception>
    Task<ListPage<Batch>> ListPageAsync(
        string? after = null, int? limit = null, BatchCallOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Asks for a cancellation: <c>POST /batches/{id}/cancel</c>. It takes ten minutes and more. Not every gateway has it.
    /// </summary>
    /// <param name="batchId">The id as it was received; it is escaped exactly once.</param>
    /// <param name="options">Provider, gateway metadata and headers for this call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="BatchApiException">The gateway refused; <see cref="BatchApiException.IsRouteUnsupported"/> when it has no such
    /// call.</exception>
    /// <exception cref="BatchConnectionException">No complete answer came.</exception>
    /// <exception cref="BatchResponseException">The answer is no batch.</exception>
    Task<Batch> CancelAsync(string batchId, BatchCallOptions? options = null, CancellationToken cancellationToken = default);
}
