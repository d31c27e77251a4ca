namespace BatchGateway;

/// <summary>The file calls of the gateway. Each method is exactly one call, typed in, typed out; nothing is combined here.</summary>
public interface IFilesApi
{
    /// <summary>Uploads a file: <c>POST /files</c>.</summary>
    /// <param name="content">
    /// The bytes, from its current position to its end. A stream that can seek is sent again after a failure; any other is sent once. It is
    /// not closed.
    /// </param>
    /// <param name="fileName">The name at the gateway: printable ASCII without quotes and backslashes.</param>
    /// <param name="purpose">What the file is for, usually <see cref="FilePurpose.Batch"/>.</param>
    /// <param name="options">Provider, gateway metadata and headers for this call.</param>
    /// <param name="cancellationToken">Cancels the call. A file that had already arrived stays.</param>
    /// <exception cref="ArgumentException">The stream cannot be read, or the name cannot be sent.</exception>
    /// <exception cref="BatchApiException">The gateway refused.</exception>
    /// <exception cref="BatchConnectionException">No complete answer came; the file may be there without a known id.</exception>
    /// <exception cref="BatchClientException">The stream could not be read to its end; no file was stored. One that the stream itself throws
    /// while it is read, such as a <see cref="BatchInputException"/>, comes through as it is.</exception>
    /// <exception cref="BatchResponseException">The answer is no file.</exception>
    Task<BatchFile> UploadAsync(
        Stream content, string fileName, FilePurpose purpose, BatchCallOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Gets what the gateway knows of a file: <c>GET /files/{id}</c>.</summary>
    /// <param name="fileId">The id as it was received; it is escaped exactly once.</param>
    /// <param name="options">Provider, gateway metadata and headers for this call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="BatchApiException">The gateway refused, or knows no such file.</exception>
    /// <exception cref="BatchConnectionException">No complete answer came.</exception>
    /// <exception cref="BatchResponseException">The answer is no file.</exception>
    Task<BatchFile> GetAsync(string fileId, BatchCallOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Gets one page of the list of files: <c>GET /files</c>. Not every gateway has it.</summary>
    /// <param name="purpose">Only files for this; <see langword="default"/> for all.</param>
    /// <param name="after">The id after which the page starts; null for the first page.</param>
    /// <param name="limit">How many; null for the gateway's default.</param>
    /// <param name="order"><c>asc</c> or <c>desc</c> by creation; null for the gateway's default.</param>
    /// <param name="options">Provider, gateway metadata and headers for this call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="BatchApiException">The gateway refused; <see cref="BatchApiException.IsRouteUnsupported"/> when it has no such
    /// call.</exception>
    /// <exception cref="BatchConnectionException">No complete answer came.</exception>
    /// <exception cref="BatchResponseException">The answer is no list.</exception>
    Task<ListPage<BatchFile>> ListPageAsync(
        FilePurpose purpose = default,
        string? after = null,
        int? limit = null,
        string? order = null,
        BatchCallOptions? options = null,
        CancellationToken cancellationToken = default);

    /// <summary>Deletes a file: <c>DELETE /files/{id}</c>.</summary>
    /// <param name="fileId">The id as it was received; it is escaped exactly once.</param>
    /// <param name="options">Provider, gateway metadata and headers for this call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>True, unless the gateway answers with <c>deleted: false</c>.</returns>
    /// <exception cref="BatchApiException">The gateway refused, or knows no such file.</exception>
    /// <exception cref="BatchConnectionException">No complete answer came.</exception>
    /// <exception cref="BatchResponseException">The answer makes no sense.</exception>
    Task<bool> DeleteAsync(string fileId, BatchCallOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Opens the content of a file: <c>GET /files/{id}/content</c>. Returns when the headers are there; the bytes come as they are read.
    /// A redirect to a signed address is followed without this client's headers, but for <c>Range</c> and <c>If-Range</c>.
    /// </summary>
    /// <param name="fileId">The id as it was received; it is escaped exactly once.</param>
    /// <param name="options">Provider, gateway metadata and headers for this call.</param>
    /// <param name="cancellationToken">Cancels the call, not the reading afterwards.</param>
    /// <returns>The open content, to be disposed of by the caller.</returns>
    /// <exception cref="BatchApiException">The gateway refused, or knows no such file.</exception>
    /// <exception cref="BatchConnectionException">No answer came.</exception>
    /// <exception cref="BatchResponseException">The answer is an HTML page, or a redirect that must not be followed.</exception>
    Task<BatchFileContent> GetContentAsync(string fileId, BatchCallOptions? options = null, CancellationToken cancellationToken = default);
}
