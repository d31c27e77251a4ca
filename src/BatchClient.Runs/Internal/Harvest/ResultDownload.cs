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
        IBlobWriter blob = await blobs.CreateAsync(name, cancellationToken).ConfigureAwait(false);
        await using (blob.ConfigureAwait(false))
        {
            // A result is written once: straight into the file that becomes the blob, where there is one.
            long length = blob.Stream is FileStream file
                ? await IntoFileAsync(files, fileId, call, file, cancellationToken).ConfigureAwait(false)
                : await ByCopyAsync(files, fileId, call, blob.Stream, cancellationToken).ConfigureAwait(false);
            await blob.PublishAsync(cancellationToken).ConfigureAwait(false);
            return length;
        }
    }

    private static async Task<long> IntoFileAsync(
        IFilesApi files, string fileId, BatchCallOptions? call, FileStream file, CancellationToken cancellationToken)
    {
        ResumableDownload download = await ResumableDownload.OpenAsync(files, fileId, call, null, cancellationToken).ConfigureAwait(false);
        await using (download.ConfigureAwait(false))
        {
            long length = await download.WriteToAsync(file.SafeFileHandle, cancellationToken).ConfigureAwait(false);
            await RefuseErrorAsync(file, fileId, cancellationToken).ConfigureAwait(false);
            return length;
        }
    }

    private static async Task<long> ByCopyAsync(
        IFilesApi files, string fileId, BatchCallOptions? call, Stream target, CancellationToken cancellationToken)
    {
        FileStream copy = await Downloads.ToTemporaryAsync(files, fileId, call, cancellationToken).ConfigureAwait(false);
        await using (copy.ConfigureAwait(false))
        {
            await RefuseErrorAsync(copy, fileId, cancellationToken).ConfigureAwait(false);
            await copy.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
            return copy.Length;
        }
    }

    private static async Task RefuseErrorAsync(FileStream file, string fileId, CancellationToken cancellationToken)
    {
        file.Position = 0;
        await ResultFiles.RefuseErrorBodyAsync(file, fileId, cancellationToken).ConfigureAwait(false);
        file.Position = 0;
    }
}
