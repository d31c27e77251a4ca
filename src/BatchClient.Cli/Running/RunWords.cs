using System.Globalization;
using System.Text.RegularExpressions;
using BatchGateway.Cli.Output;
using BatchGateway.Cli.Results;
using BatchGateway.Runs;

namespace BatchGateway.Cli.Running;

/// <summary>How a run stands, in words.</summary>
internal static partial class RunWords
{
    /// <summary>In the order of a shard's life.</summary>
    private static readonly (BatchShardStatus[] Status, string Word)[] Stages =
    [
        ([BatchShardStatus.Planned], "planned"),
        ([BatchShardStatus.Uploading], "uploading"),
        ([BatchShardStatus.Uploaded], "uploaded"),
        ([BatchShardStatus.Intent], "creating"),
        ([BatchShardStatus.Created], "running"),
        ([BatchShardStatus.Terminal], "reading"),
        ([BatchShardStatus.Harvested, BatchShardStatus.Cleaned], "done"),
        ([BatchShardStatus.Ambiguous], "ambiguous"),
        ([BatchShardStatus.Abandoned], "given up"),
    ];

    public static string Of(BatchShardStatus status) => Stages.First(stage => stage.Status.Contains(status)).Word;

    public static string Of(BatchRunStatus status) => status switch
    {
        BatchRunStatus.Spooling => "reading its lines",
        BatchRunStatus.Running => "running",
        BatchRunStatus.Cancelling => "cancelling",
        _ => "ended",
    };

    /// <summary>Such as <c>12: 2 planned, 6 running, 4 done</c>.</summary>
    public static string Shards(IReadOnlyDictionary<BatchShardStatus, int> shards)
    {
        var counts = Stages.Select(stage => (stage.Word, Count: stage.Status.Sum(shards.GetValueOrDefault))).Where(stage => stage.Count > 0);
        return $"{Words.Count(shards.Values.Sum())}: {string.Join(", ", counts.Select(stage => $"{Words.Count(stage.Count)} {stage.Word}"))}";
    }

    /// <summary>Such as <c>5 in_progress, 1 finalizing</c>: what the gateway says of the batches that are waited for.</summary>
    public static string AtGateway(IReadOnlyDictionary<BatchStatus, int> batches) => batches.Count == 0
        ? "-"
        : string.Join(", ", batches.OrderByDescending(batch => batch.Value).ThenBy(batch => batch.Key.ToString(), StringComparer.Ordinal)
            .Select(batch => $"{Words.Count(batch.Value)} {batch.Key}"));

    /// <summary>Such as <c>90 succeeded, 10 failed</c>.</summary>
    public static string Outcomes(IReadOnlyDictionary<BatchOutcomeKind, long> outcomes)
    {
        string words = string.Join(", ", OutcomeNames.Order.Where(kind => outcomes.GetValueOrDefault(kind) > 0)
            .Select(kind => $"{Words.Count(outcomes[kind])} {OutcomeNames.Of(kind)}"));
        return words.Length == 0 ? "no outcome yet" : words;
    }

    public static string Money(decimal amount) => amount.ToString("#,0.00##", CultureInfo.InvariantCulture);

    /// <summary>How long it will take, where that is known; in a comma's continuation.</summary>
    public static string Remaining(BatchRunProgress progress, TimeProvider clock) =>
        progress.EstimatedEnd - clock.GetUtcNow() is { TotalSeconds: >= 1 } left ? $", ends in about {Duration(left)}" : "";

    /// <summary>In its two largest units: <c>2 h 14 min</c>.</summary>
    public static string Duration(TimeSpan span) => span switch
    {
        { TotalDays: >= 1 } => $"{(long)span.TotalDays} d {span.Hours} h",
        { TotalHours: >= 1 } => $"{span.Hours} h {span.Minutes} min",
        { TotalMinutes: >= 1 } => $"{span.Minutes} min {span.Seconds} s",
        _ => $"{Math.Max(0, (long)span.TotalSeconds)} s",
    };

    /// <summary>What the library says, for people who type commands: without the names of its methods.</summary>
    public static string WithoutMethods(string message) => Methods().Replace(message, "");

    /// <summary>What stands in a shard's way. What to call then is for programmers, and told otherwise here.</summary>
    public static string? Problem(BatchShardInfo shard) =>
        shard.Problem is { } problem ? WithoutMethods(WhatToCall().Replace(problem, "")) : null;

    [GeneratedRegex(@" \(\w+Async(, \w+Async)*\)")]
    private static partial Regex Methods();

    [GeneratedRegex(@" Look in the gateway's console.*$", RegexOptions.Singleline)]
    private static partial Regex WhatToCall();
}
