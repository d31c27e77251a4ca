using BatchGateway.Internal.Files;
using Microsoft.Win32.SafeHandles;

namespace BatchGateway.Internal.Endpoints;

/// <summary>Content of files onto disk: complete, or an error.</summary>
internal static class Downloads
{
    public static async Task<long> ToPathAsync(
        IFilesApi files, string fileId, string path, BatchCallOptions? options, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        string full = Path.GetFullPath(path);
        string temporary = LocalFiles.PartOf(full);
        try
        {
            long length = await ToNewFileAsync(temporary, files, fileId, options, progress, cancellationToken).ConfigureAwait(false);
            File.Move(temporary, full, overwrite: true);
            return length;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>A complete copy in a temporary file, at its start, gone when it is closed.</summary>
    public static async Task<FileStream> ToTemporaryAsync(
        IFilesApi files, string fileId, BatchCallOptions? options, CancellationToken cancellationToken)
    {
        ResumableDownload download = await ResumableDownload.OpenAsync(files, fileId, options, null, cancellationToken).ConfigureAwait(false);
        await using (download.ConfigureAwait(false))
        {
            FileStream target = TemporaryFiles.Create(download.Room);
            try
            {
                await download.WriteToAsync(target.SafeFileHandle, cancellationToken).ConfigureAwait(false);
                return target;
            }
            catch
            {
                await target.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    private static async Task<long> ToNewFileAsync(
        string path, IFilesApi files, string fileId, BatchCallOptions? options, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        ResumableDownload download = await ResumableDownload.OpenAsync(files, fileId, options, progress, cancellationToken).ConfigureAwait(false);
        await using (download.ConfigureAwait(false))
        {
            // Written to and, when the content comes again from its start, compared with.
            using SafeFileHandle target = File.OpenHandle(
                path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.Asynchronous, download.Room);
            long length = await download.WriteToAsync(target, cancellationToken).ConfigureAwait(false);
            await Task.Run(() => RandomAccess.FlushToDisk(target), CancellationToken.None).ConfigureAwait(false);
            return length;
        }
    }
}
