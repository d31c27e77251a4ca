using Microsoft.Extensions.Logging;

namespace BatchGateway.Runs.Internal;

/// <summary>Every log event of runs. The numbers are stable.</summary>
internal static partial class RunsLog
{
    [LoggerMessage(101, LogLevel.Information, "Run {Run} was resumed and is {Status}; {Unsettled} shards must be settled by a person.")]
    public static partial void RunResumed(this ILogger logger, string run, BatchRunStatus status, int unsettled);

    [LoggerMessage(102, LogLevel.Error, "Run {Run} does not go on: {Reason}")]
    public static partial void RunNotResumed(this ILogger logger, string run, string reason);

    [LoggerMessage(103, LogLevel.Error, "Unfinished runs were not resumed: {Reason}")]
    public static partial void RunsNotResumed(this ILogger logger, string reason);

    [LoggerMessage(104, LogLevel.Warning, "Run {Run}: {Notice}")]
    public static partial void RunNotice(this ILogger logger, string run, string notice);
}
