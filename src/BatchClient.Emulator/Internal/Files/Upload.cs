using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace BatchGateway.Emulator.Internal;

/// <summary>A multipart upload, its file on disk; memory does not grow with it.</summary>
internal sealed record Upload(string Path, string Filename, string Purpose)
{
    // The reader hands out no more at a time than it has buffered; the usual 4 KB would cost more than the bytes themselves.
    private const int BufferBytes = 64 * 1024;

    public static async Task<Upload> ReadAsync(Exchange exchange, long? mostBytes, Func<string> newPath)
    {
        UploadParts parts = new();
        try
        {
            await ReadPartsAsync(exchange, UploadLimit.Body(exchange.Request, mostBytes), parts, newPath).ConfigureAwait(false);
            return parts.ToUpload();
        }
        catch (Exception exception)
        {
            parts.DeleteFile();
            if (exception is InvalidDataException || (exception is IOException && !exchange.Gone.IsCancellationRequested))
                throw new RefusedException(400, $"The multipart body could not be read: {exception.Message}");
            throw;
        }
    }

    private static async Task ReadPartsAsync(Exchange exchange, Stream body, UploadParts parts, Func<string> newPath)
    {
        MultipartReader reader = new(Boundary(exchange), body, BufferBytes);
        while (await reader.ReadNextSectionAsync(exchange.Gone).ConfigureAwait(false) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out ContentDispositionHeaderValue? disposition))
                continue;

            string name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
            if (name == "purpose")
                parts.Purpose = await ReadTextAsync(section, exchange.Gone).ConfigureAwait(false);
            else if (name == "file" && FilenameOrNull(disposition) is { } filename)
                await ReadFileAsync(exchange, section, parts, filename, newPath()).ConfigureAwait(false);
        }
    }

    private static async Task ReadFileAsync(Exchange exchange, MultipartSection section, UploadParts parts, string filename, string path)
    {
        parts.DeleteFile();
        parts.Path = path;
        parts.Filename = filename;
        FileStream target = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 1);
        await using (target.ConfigureAwait(false))
            await exchange.ReceiveAsync(section.Body, target).ConfigureAwait(false);
    }

    private static async Task<string> ReadTextAsync(MultipartSection section, CancellationToken gone)
    {
        using StreamReader reader = new(section.Body);
        char[] text = new char[256];
        int length = await reader.ReadBlockAsync(text, gone).ConfigureAwait(false);
        return new string(text, 0, length);
    }

    private static string Boundary(Exchange exchange)
    {
        string? boundary = MediaTypeHeaderValue.TryParse(exchange.Request.ContentType, out MediaTypeHeaderValue? mediaType)
            && mediaType.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            ? HeaderUtilities.RemoveQuotes(mediaType.Boundary).ToString()
            : null;
        return string.IsNullOrEmpty(boundary)
            ? throw new RefusedException(400, "An upload must be multipart/form-data with a boundary.", code: "invalid_content_type")
            : boundary;
    }

    private static string? FilenameOrNull(ContentDispositionHeaderValue disposition)
    {
        string extended = disposition.FileNameStar.ToString();
        string plain = HeaderUtilities.RemoveQuotes(disposition.FileName).ToString();
        return extended.Length > 0 ? extended : plain.Length > 0 ? plain : null;
    }
}
