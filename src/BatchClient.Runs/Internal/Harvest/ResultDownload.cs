using BatchGateway.Internal.Endpoints;
using BatchGateway.Internal.Operations;

namespace BatchGateway.Runs.Internal;

/// <summary>A result file into a blob: whole, flushed, and no error in place of results; or there is no blob.</summary>
internal static class ResultDownload
{
    /// <returns>How large it is.</returns>
    public static async Task<long> ToBlobAsync(
        IFilesApi files, string fileId, BatchCallOptions? call, IBlobStore blobs, string name, CancellationToken cancellationToken)
    {
        ResultCall result = new(fileId, call);
        IBlobWriter blob = await blobs.CreateAsync(name, cancellationToken).ConfigureAwait(false);
        await using (blob.ConfigureAwait(false))
        {
            // A result is written once: straight into the file that becomes the blob, where there is one.
            long length = blob.Stream is FileStream file
                ? await IntoFileAsync(files, fileId, result, file, cancellationToken).ConfigureAwait(false)
                : await ByCopyAsync(files, fileId, result, blob.Stream, cancellationToken).ConfigureAwait(false);
            await blob.PublishAsync(cancellationToken).ConfigureAwait(false);
            return length;
        }
    }

    private static async Task<long> IntoFileAsync(
        IFilesApi files, string fileId, ResultCall result, FileStream file, CancellationToken cancellationToken)
    {
        ResumableDownload download = await ResumableDownload.OpenAsync(files, fileId, result.Options, null, cancellationToken).ConfigureAwait(false);
        await using (download.ConfigureAwait(false))
        {
            long length = await download.WriteToAsync(file.SafeFileHandle, cancellationToken).ConfigureAwait(false);
            await RefuseErrorAsync(result, file, cancellationToken).ConfigureAwait(false);
            return length;
        }
    }

    private static async Task<long> ByCopyAsync(
        IFilesApi files, string fileId, ResultCall result, Stream target, CancellationToken cancellationToken)
    {
        FileStream copy = await Downloads.ToTemporaryAsync(files, fileId, result.Options, cancellationToken).ConfigureAwait(false);
        await using (copy.ConfigureAwait(false))
        {
            await RefuseErrorAsync(result, copy, cancellationToken).ConfigureAwait(false);
            await copy.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
            return copy.Length;
        }
    }

    private static async Task RefuseErrorAsync(ResultCall result, FileStream file, CancellationToken cancellationToken)
    {
        file.Position = 0;
        await result.RefuseErrorBodyAsync(file, cancellationToken).ConfigureAwait(false);
        file.Position = 0;
    }
}
