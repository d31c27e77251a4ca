using BatchGateway.Internal.Diagnostics;
using BatchGateway.Internal.Http;
using BatchGateway.Internal.Lines;

namespace BatchGateway.Internal.Operations;

/// <summary>
/// Uploads the lines of one batch under a name that holds its token, removes what a repeated upload left behind, and waits until the
/// gateway has taken the file in.
/// </summary>
internal sealed class InputUpload
{
    private const double Growth = 2;

    private static readonly TimeSpan CleanupTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ProcessingLimit = TimeSpan.FromMinutes(10);

    private readonly OperationContext _context;

    public InputUpload(OperationContext context) => _context = context;

    public Task<BatchIntent> RunAsync(
        IRequestSource source, BatchCallOptions options, IProgress<long>? progress, CancellationToken cancellationToken) =>
        RunAsync(IntentToken.New(), source.Content, options, progress, cancellationToken);

    /// <summary>Uploads under a token that the caller has made durable, so that an orphan can be found after a crash.</summary>
    public async Task<BatchIntent> RunAsync(
        string token, Stream content, BatchCallOptions options, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        BatchFile file = await UploadAsync(content, IntentToken.FileName(token), options, progress, cancellationToken).ConfigureAwait(false);
        try
        {
            file = await ProcessedAsync(file, options, cancellationToken).ConfigureAwait(false);
            return new BatchIntent(token, file, options);
        }
        catch
        {
            await _context.TryDeleteAsync(file, options).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<BatchFile> UploadAsync(
        Stream content, string name, BatchCallOptions? options, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        BatchCallOptions counted = BatchCallOptions.Copy(options);
        counted.Attempts = new CallAttempts();
        counted.Progress = progress;
        try
        {
            BatchFile file = await _context.Files.UploadAsync(content, name, FilePurpose.Batch, counted, cancellationToken).ConfigureAwait(false);
            if (counted.Attempts.Count > 1)
                await RemoveOrphansAsync(name, file.Id, options, cancellationToken).ConfigureAwait(false);
            return file;
        }
        catch (Exception exception) when (counted.Attempts.HasSent && MayHaveStored(exception))
        {
            await RemoveOrphansAsync(name, keep: null, options, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private static bool MayHaveStored(Exception exception) =>
        exception is BatchConnectionException or BatchResponseException or OperationCanceledException;

    /// <summary>
    /// Deletes files of exactly our name, which holds a token of 128 random bits; whatever cannot be told apart so is left and reported.
    /// </summary>
    private async Task RemoveOrphansAsync(string name, string? keep, BatchCallOptions? options, CancellationToken cancellationToken)
    {
        using CancellationTokenSource brief = new(CleanupTime, _context.NetworkClock);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(brief.Token, cancellationToken);
        try
        {
            // A file of ours is among the newest: one page is enough.
            ListPage<BatchFile> newest = await _context.Files.ListPageAsync(FilePurpose.Batch, options: options, cancellationToken: limit.Token)
                .ConfigureAwait(false);
            foreach (BatchFile orphan in newest.Data.Where(file => file.Filename == name && file.Id != keep))
            {
                await _context.Files.DeleteAsync(orphan.Id, options, limit.Token).ConfigureAwait(false);
                _context.Logger.OrphanDeleted(orphan.Id);
            }
        }
        catch (Exception exception) when (exception is BatchClientException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            _context.Logger.OrphanPossible(name, exception.Message);
        }
    }

    /// <summary>Some gateways take a file in after the upload and refuse a batch until then.</summary>
    private async Task<BatchFile> ProcessedAsync(BatchFile file, BatchCallOptions? options, CancellationToken cancellationToken)
    {
        long start = _context.Clock.GetTimestamp();
        for (TimeSpan pause = FirstLook; file.Status == FileStatus.Pending; pause = Pauses.Next(pause, Growth, LongestPause))
        {
            if (_context.Clock.GetElapsedTime(start) > ProcessingLimit)
                throw new BatchClientException(
                    $"The gateway has not taken in the uploaded file '{file.Id}' within {ProcessingLimit.TotalMinutes} minutes. "
                    + "Nothing was created; the file is deleted. Try again later.");

            await Task.Delay(pause, _context.Clock, cancellationToken).ConfigureAwait(false);
            file = await _context.Files.GetAsync(file.Id, options, cancellationToken).ConfigureAwait(false);
        }

        return file.Status != FileStatus.Error ? file : throw new BatchInputException(
            $"The gateway refused the uploaded file '{file.Id}': {file.StatusDetails ?? "it does not say why"}. Nothing was created; the file is deleted.");
    }
}
