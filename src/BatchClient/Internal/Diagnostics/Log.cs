using Microsoft.Extensions.Logging;

namespace BatchGateway.Internal.Diagnostics;

/// <summary>Every log event of the library. The numbers are stable.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "{Operation}: attempt {Attempt} ended with {Reason}; the next one follows in {Delay}.")]
    public static partial void Retrying(this ILogger logger, string operation, int attempt, string reason, TimeSpan delay);

    [LoggerMessage(2, LogLevel.Information, "{Operation}: the token was refused and has changed; sending again with the new one.")]
    public static partial void TokenRefreshed(this ILogger logger, string operation);

    [LoggerMessage(3, LogLevel.Debug, "{Operation}: following a redirect to {Origin} without headers.")]
    public static partial void FollowingRedirect(this ILogger logger, string operation, string origin);

    [LoggerMessage(4, LogLevel.Warning, "It is not known whether a batch was created for input file {InputFileId} (intent {Intent}).")]
    public static partial void CreateIsAmbiguous(this ILogger logger, string inputFileId, string? intent);

    [LoggerMessage(5, LogLevel.Information, "Found batch {BatchId} for input file {InputFileId}: the create whose answer was lost had worked.")]
    public static partial void CreateReconciled(this ILogger logger, string batchId, string inputFileId);

    [LoggerMessage(6, LogLevel.Warning, "Waiting for batch {BatchId}: a poll failed and the wait goes on: {Reason}")]
    public static partial void PollFailed(this ILogger logger, string batchId, string reason);

    [LoggerMessage(7, LogLevel.Warning, "Waiting for batch {BatchId}: {Notice}")]
    public static partial void WaitNotice(this ILogger logger, string batchId, string notice);

    [LoggerMessage(8, LogLevel.Information, "Deleted file {FileId}: a repeated upload had left it behind.")]
    public static partial void OrphanDeleted(this ILogger logger, string fileId);

    [LoggerMessage(9, LogLevel.Warning, "An upload was repeated and may have left a file named {FileName} at the gateway: {Reason}")]
    public static partial void OrphanPossible(this ILogger logger, string fileName, string reason);

    [LoggerMessage(12, LogLevel.Warning, "File {FileId} is needed no more and could not be deleted: {Reason}")]
    public static partial void FileNotDeleted(this ILogger logger, string fileId, string reason);

    [LoggerMessage(10, LogLevel.Warning, "Results of batch {BatchId}: {Duplicates} lines came more than once, {Unknown} were never asked for.")]
    public static partial void ResultsOdd(this ILogger logger, string batchId, long duplicates, long unknown);

    [LoggerMessage(11, LogLevel.Information, "Batch {BatchId} is {Status}.")]
    public static partial void StatusChanged(this ILogger logger, string batchId, string status);

    [LoggerMessage(13, LogLevel.Warning, "Downloading file {FileId} broke off after {Bytes} bytes and is resumed in {Delay}: {Reason}")]
    public static partial void DownloadResumes(this ILogger logger, string fileId, long bytes, string reason, TimeSpan delay);
}
