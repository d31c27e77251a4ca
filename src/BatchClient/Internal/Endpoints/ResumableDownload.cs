using System.Globalization;
using System.Net;
using BatchGateway.Internal.Diagnostics;
using BatchGateway.Internal.Http;
using Microsoft.Win32.SafeHandles;

namespace BatchGateway.Internal.Endpoints;

/// <summary>
/// One file on its way to disk, over as many connections as it takes. What is on disk is at any time the beginning of exactly one version:
/// a rest is appended only when the gateway vouches for it, and a body that comes again from its start is compared with what is there.
/// </summary>
internal sealed class ResumableDownload : IAsyncDisposable
{
    /// <summary>An attempt that brings so much is the first of a new count: on a bad line a large file needs many.</summary>
    private const long Worthwhile = 1 << 20;

    /// <summary>A length is a promise: one that is false, or a lie, must not fill the disk before anything has come.</summary>
    private const long MostRoom = 1 << 30;

    private readonly IFilesApi _files;
    private readonly string _fileId;
    private readonly BatchCallOptions? _options;
    private readonly BatchFileContent _first;
    private readonly RetryPolicy _retries;
    private readonly IProgress<long>? _progress;

    private ContentPart _version = new(0, null, null);
    private string? _refusedTag;

    /// <summary>The most that any body has promised since the content changed last: a later one that is silent about it takes nothing back.</summary>
    private long _longest;
    private int _failures;
    private int _changes;

    private ResumableDownload(
        IFilesApi files, string fileId, BatchCallOptions? options, BatchFileContent first, IProgress<long>? progress)
    {
        _files = files;
        _fileId = fileId;
        _options = options;
        _first = first;
        _retries = first.Retries ?? RetryPolicy.Default;
        _progress = progress;
    }

    /// <summary>How much room to make for the file before its first byte: its length, where that is known, up to a limit.</summary>
    public long Room => Math.Clamp(_first.Length ?? 0, 0, MostRoom);

    /// <summary>Opens the content. What this throws is final: the call has been repeated already.</summary>
    public static async Task<ResumableDownload> OpenAsync(
        IFilesApi files, string fileId, BatchCallOptions? options, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        if (options?.Headers.Keys.FirstOrDefault(RequestHeaders.IsRange) is { } header)
            throw new ArgumentException(
                $"The header '{header}' cannot be set here: a download is of the whole file, and sets it itself to go on after a broken transfer. "
                + "For a part of a file, use GetContentAsync.", nameof(options));

        BatchFileContent first = await OpenWholeAsync(files, fileId, options, cancellationToken).ConfigureAwait(false);
        return new ResumableDownload(files, fileId, options, first, progress);
    }

    /// <summary>Writes the whole file. Called once.</summary>
    /// <returns>The number of bytes.</returns>
    public async Task<long> WriteToAsync(SafeFileHandle target, CancellationToken cancellationToken)
    {
        PartFile part = new(target, _progress);
        BatchFileContent? content = _first;
        while (true)
        {
            (long before, int changes) = (part.Length, _changes);
            BatchConnectionException? cut = await AttemptAsync(content, part, cancellationToken).ConfigureAwait(false);
            if (cut is null)
                return part.Length;

            bool isWorthwhile = part.Length - before >= Worthwhile && _changes == changes;
            await PauseAsync(isWorthwhile, part, cut, cancellationToken).ConfigureAwait(false);
            content = null;
        }
    }

    public ValueTask DisposeAsync() => _first.DisposeAsync();

    private static async Task<BatchFileContent> OpenWholeAsync(
        IFilesApi files, string fileId, BatchCallOptions? options, CancellationToken cancellationToken)
    {
        BatchFileContent content = await files.GetContentAsync(fileId, options, cancellationToken).ConfigureAwait(false);
        if (content.ContentRange is null)
            return content;

        await content.DisposeAsync().ConfigureAwait(false);
        throw new BatchResponseException(
            $"Downloading file '{fileId}' failed: the gateway gave a part of it ({content.ContentRange}), though the whole was asked for. "
            + "Nothing was kept. If the client's Headers have a Range, take it out.")
        {
            StatusCode = HttpStatusCode.PartialContent,
        };
    }

    /// <summary>Takes what one connection brings.</summary>
    /// <returns>Why it is not the whole; null when it is.</returns>
    private async Task<BatchConnectionException?> AttemptAsync(BatchFileContent? opened, PartFile part, CancellationToken cancellationToken)
    {
        TakenBody taken;
        try
        {
            BatchFileContent content = opened ?? await ReopenAsync(part.Length, cancellationToken).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
            {
                ContentPart body = ContentPart.RestOf(_version, part.Length, content) ?? ContentPart.Whole(content);
                bool isOther = body.IsOtherThan(_version);
                long end = await TakeAsync(body, content.Stream, part, cancellationToken).ConfigureAwait(false);
                taken = new TakenBody(body.Total, end, content.HasKnownEnd, isOther);
            }
        }
        catch (BatchConnectionException cut)
        {
            return cut;
        }

        return await EndAsync(taken, part, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Where the body ended in the file.</summary>
    private async Task<long> TakeAsync(ContentPart body, Stream stream, PartFile part, CancellationToken cancellationToken)
    {
        _longest = Math.Max(_longest, body.Total ?? 0);
        if (body.Start == 0)
        {
            (bool isSame, long end) = await part.CompareAsync(stream, cancellationToken).ConfigureAwait(false);
            if (!isSame)
                (_changes, _longest) = (_changes + 1, body.Total ?? 0);
            else if (end < part.Length)
                return end;
        }

        // From here on every byte on disk is one of this body too.
        _version = body;
        await part.AppendAsync(stream, cancellationToken).ConfigureAwait(false);
        return part.Length;
    }

    /// <summary>Decides what it means that a body came to an end.</summary>
    private async Task<BatchConnectionException?> EndAsync(TakenBody taken, PartFile part, CancellationToken cancellationToken)
    {
        long end = taken.End;
        long whole = taken.Total ?? await FindLengthAsync(taken, part, cancellationToken).ConfigureAwait(false);
        if (end > whole)
            throw new BatchConnectionException(
                $"Downloading file '{_fileId}' failed: {end} bytes came, and it has {whole}. What came was removed; download it again.");
        if (end < whole)
            return new BatchConnectionException($"Downloading file '{_fileId}' failed: {end} bytes came, and it has {whole}.");

        part.End(end);
        return null;
    }

    /// <summary>How long the file is, when its body did not say so itself.</summary>
    private async Task<long> FindLengthAsync(TakenBody taken, PartFile part, CancellationToken cancellationToken)
    {
        long known = Math.Max(_longest, part.Length);
        if (taken.EndIsKnown && taken.End >= known)
            return taken.End;

        // An end in good order before it proves nothing: a proxy writes one too when it is its own connection to the gateway that broke.
        if ((await _files.GetAsync(_fileId, _options, cancellationToken).ConfigureAwait(false)).Bytes is { } bytes)
            return bytes;
        if (taken is { EndIsKnown: true, IsOther: true })
            return taken.End;
        if (taken.End < known)
            return known;

        throw new BatchConnectionException(
            $"Downloading file '{_fileId}' failed: {taken.End} bytes came, and whether they are all cannot be told, for the gateway neither "
            + "marks the end of the content nor says its length. What came was removed; ask the gateway's operators to send a length.");
    }

    /// <summary>Opens the content once more: the rest where the gateway vouches that it fits, otherwise the whole.</summary>
    private async Task<BatchFileContent> ReopenAsync(long position, CancellationToken cancellationToken)
    {
        string? tag = position > 0 && _version.StrongTag != _refusedTag ? _version.StrongTag : null;
        if (tag is not null && await OpenRestAsync(tag, position, cancellationToken).ConfigureAwait(false) is { } content)
            return content;

        return await OpenWholeAsync(_files, _fileId, _options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What comes when the rest is asked for; null when it is neither the rest nor the whole.</summary>
    private async Task<BatchFileContent?> OpenRestAsync(string tag, long position, CancellationToken cancellationToken)
    {
        BatchCallOptions options = BatchCallOptions.Copy(_options);
        options.Headers[RequestHeaders.Range] = string.Create(CultureInfo.InvariantCulture, $"bytes={position}-");
        options.Headers[RequestHeaders.IfRange] = tag;
        try
        {
            BatchFileContent content = await _files.GetContentAsync(_fileId, options, cancellationToken).ConfigureAwait(false);
            if (content.ContentRange is null || ContentPart.RestOf(_version, position, content) is not null)
                return content;

            await content.DisposeAsync().ConfigureAwait(false);
        }
        catch (BatchApiException refused) when (refused.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // The file has become shorter, or the gateway thinks so: the whole will show it.
        }

        _refusedTag = tag;
        return null;
    }

    private Task PauseAsync(bool isWorthwhile, PartFile part, BatchConnectionException cut, CancellationToken cancellationToken)
    {
        _failures = isWorthwhile ? 1 : _failures + 1;
        if (Math.Max(_failures, _changes) >= _retries.MaxAttempts)
            throw GaveUp(part.Length, cut);

        TimeSpan delay = _retries.Delay(_failures - 1);
        _first.Logger.DownloadResumes(_fileId, part.Length, cut.Message, delay);
        Telemetry.CountRetry("file.content", (cut.InnerException ?? cut).GetType().Name);
        return Task.Delay(delay, _retries.Clock, cancellationToken);
    }

    private BatchConnectionException GaveUp(long came, BatchConnectionException cut)
    {
        string of = _longest > 0 ? $" of {_longest}" : "";
        string tried = _failures > 1 ? $" {_failures} attempts in a row ended so; after the first of them none brought as much as {Worthwhile >> 20} MiB." : "";
        string changed = _changes > 0 ? $" The content changed {_changes} times meanwhile." : "";
        return new BatchConnectionException(
            $"Downloading file '{_fileId}' failed: {came}{of} bytes came, then the transfer broke off.{tried}{changed} What came was removed. "
            + "Check the network between here and the gateway, then download it again; the inner exception says how the last attempt ended.",
            cut)
        {
            Timeout = cut.Timeout,
            After = cut.After,
        };
    }

    /// <summary>A body that came to its end: the length of the file as it says, where it ended, and whether its tag is of another version.</summary>
    private readonly record struct TakenBody(long? Total, long End, bool EndIsKnown, bool IsOther);
}
