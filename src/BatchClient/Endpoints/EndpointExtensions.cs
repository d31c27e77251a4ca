using BatchGateway.Internal.Endpoints;
using BatchGateway.Internal.Files;

namespace BatchGateway;

/// <summary>What is made of several calls: whole lists, and files on disk.</summary>
public static class EndpointExtensions
{
    /// <summary>Lists all batches, newest first, page by page as they are asked for.</summary>
    /// <param name="batches">The batch calls.</param>
    /// <param name="limit">How many a page; null for the gateway's default.</param>
    /// <param name="options">Provider, gateway metadata and headers for the calls.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <exception cref="BatchApiException">The gateway refused; <see cref="BatchApiException.IsRouteUnsupported"/> when it has no such
    /// call.</exception>
    /// <exception cref="BatchResponseException">The answer is no list, or the gateway's cursor does not advance.</exception>
    /// <example>
    /// <code>
    /// await foreach (Batch one in gateway.Batches.ListAsync())
    ///     Console.WriteLine(one);
    /// </code>
    /// </example>
    public static IAsyncEnumerable<Batch> ListAsync(
        this IBatchesApi batches, int? limit = null, BatchCallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batches);
        return Pages.AllAsync((after, token) => batches.ListPageAsync(after, limit, options, token), cancellationToken);
    }

    /// <summary>Lists all files, page by page as they are asked for.</summary>
    /// <param name="files">The file calls.</param>
    /// <param name="purpose">Only files for this; <see langword="default"/> for all.</param>
    /// <param name="limit">How many a page; null for the gateway's default.</param>
    /// <param name="options">Provider, gateway metadata and headers for the calls.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <exception cref="BatchApiException">The gateway refused; <see cref="BatchApiException.IsRouteUnsupported"/> when it has no such
    /// call.</exception>
    /// <exception cref="BatchResponseException">The answer is no list, or the gateway's cursor does not advance.</exception>
    public static IAsyncEnumerable<BatchFile> ListAsync(
        this IFilesApi files,
        FilePurpose purpose = default,
        int? limit = null,
        BatchCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        return Pages.AllAsync((after, token) => files.ListPageAsync(purpose, after, limit, null, options, token), cancellationToken);
    }

    /// <summary>Uploads a file from disk under its own name.</summary>
    /// <param name="files">The file calls.</param>
    /// <param name="path">The file.</param>
    /// <param name="purpose">What it is for; <see langword="default"/> means <see cref="FilePurpose.Batch"/>.</param>
    /// <param name="options">Provider, gateway metadata and headers for the call.</param>
    /// <param name="progress">
    /// Told after each buffer how many bytes of the file have been written; it goes back when the upload is sent again. Null for nobody.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <inheritdoc cref="IFilesApi.UploadAsync" path="/exception"/>
    public static async Task<BatchFile> UploadAsync(
        this IFilesApi files,
        string path,
        FilePurpose purpose = default,
        BatchCallOptions? options = null,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileStream stream = LocalFiles.OpenRead(path);
        await using (stream.ConfigureAwait(false))
        {
            string name = AsciiNames.From(Path.GetFileName(path));
            FilePurpose use = purpose == default ? FilePurpose.Batch : purpose;
            return await files.UploadAsync(stream, name, use, Telling(progress, options), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Downloads a file to disk: under a temporary name beside it, checked for completeness, flushed, and then renamed. What stood there
    /// before is replaced; after a failure it still stands there. A transfer that breaks off is resumed as often as
    /// <see cref="BatchGatewayOptions.MaxAttempts"/> says, counted from the last attempt that brought a mebibyte. What is written is always
    /// one version of the file from beginning to end.
    /// </summary>
    /// <param name="files">The file calls.</param>
    /// <param name="fileId">The id of the file.</param>
    /// <param name="path">Where to.</param>
    /// <param name="options">Provider, gateway metadata and headers for the calls; no <c>Range</c>, for the whole file is downloaded.</param>
    /// <param name="progress">
    /// Told after each buffer how many bytes of the file are on disk; it goes back when the file has changed meanwhile. Null for nobody.
    /// </param>
    /// <param name="cancellationToken">Cancels the download and removes what had arrived.</param>
    /// <returns>The number of bytes.</returns>
    /// <exception cref="ArgumentException">The options ask for a range.</exception>
    /// <exception cref="BatchApiException">The gateway refused, or knows no such file.</exception>
    /// <exception cref="BatchConnectionException">The content did not arrive whole.</exception>
    /// <exception cref="BatchResponseException">The answer is an HTML page, or a redirect that must not be followed.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <example>
    /// <code>
    /// long bytes = await gateway.Files.DownloadAsync(fileId, path);
    /// </code>
    /// </example>
    public static Task<long> DownloadAsync(
        this IFilesApi files,
        string fileId,
        string path,
        BatchCallOptions? options = null,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Downloads.ToPathAsync(files, fileId, path, options, progress, cancellationToken);
    }

    private static BatchCallOptions? Telling(IProgress<long>? progress, BatchCallOptions? options)
    {
        if (progress is null)
            return options;

        BatchCallOptions telling = BatchCallOptions.Copy(options);
        telling.Progress = progress;
        return telling;
    }
}
