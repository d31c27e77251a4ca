using BatchGateway.Internal.Lines;

namespace BatchGateway.Internal.Endpoints;

/// <summary>Content of files onto disk: complete, or an error.</summary>
internal static class Downloads
{
    private const int BufferSize = 128 << 10;

    public static async Task<long> ToPathAsync(
        IFilesApi files, string fileId, string path, BatchCallOptions? options, CancellationToken cancellationToken)
    {
        string full = Path.GetFullPath(path);
        string temporary = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.part");
        try
        {
            long length;
            FileStream target = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
            await using (target.ConfigureAwait(false))
            {
                length = await ToStreamAsync(files, fileId, target, options, cancellationToken).ConfigureAwait(false);
                target.Flush(flushToDisk: true);
            }

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
        FileStream target = TemporaryFiles.Create();
        try
        {
            await ToStreamAsync(files, fileId, target, options, cancellationToken).ConfigureAwait(false);
            target.Position = 0;
            return target;
        }
        catch
        {
            await target.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<long> ToStreamAsync(
        IFilesApi files, string fileId, Stream target, BatchCallOptions? options, CancellationToken cancellationToken)
    {
        BatchFileContent content = await files.GetContentAsync(fileId, options, cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            await content.Stream.CopyToAsync(target, BufferSize, cancellationToken).ConfigureAwait(false);
            long? promised = content.HasKnownEnd
                ? content.Length
                : (await files.GetAsync(fileId, options, cancellationToken).ConfigureAwait(false)).Bytes;
            if (promised is null && !content.HasKnownEnd)
                throw new BatchConnectionException(
                    $"Downloading file '{fileId}' failed: {target.Length} bytes came, and whether they are all cannot be told, for the gateway neither "
                    + "marks the end of the content nor says its length. What came was removed; ask the gateway's operators to send a length.");

            return promised is null || promised == target.Length ? target.Length : throw new BatchConnectionException(
                $"Downloading file '{fileId}' failed: {target.Length} bytes came, and it has {promised}. What came was removed; download it again.");
        }
    }
}
