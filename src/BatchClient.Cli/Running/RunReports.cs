using BatchGateway.Cli.Output;
using BatchGateway.Runs;

namespace BatchGateway.Cli.Running;

/// <summary>Makes of the failures of runs what a user is told.</summary>
internal static class RunReports
{
    /// <summary>How a folder says that it will be usable later, with everything that was durable in it.</summary>
    private static readonly string[] ForNow = ["is in use by", "is a copy of", "is being written by somebody else", "stands", "go on at the gateway"];

    /// <summary>A run cannot go on, or not in the way that was asked for.</summary>
    public static ErrorReport Of(BatchRunException failure) => failure.InnerException switch
    {
        BatchApiException or BatchConnectionException or BatchResponseException => Told("run_stopped", failure, ExitCode.Gateway),
        IOException or UnauthorizedAccessException => Told("local_file", failure, ExitCode.Unfinished),
        not null => Told("run_stopped", failure, ExitCode.Unfinished),
        null => Told("run", failure, ExitCode.Usage),
    };

    /// <summary>What is on disk cannot be used.</summary>
    public static ErrorReport OfState(BatchClientException failure) =>
        Told("state", failure, ForNow.Any(words => failure.Message.Contains(words, StringComparison.Ordinal)) ? ExitCode.Unfinished : ExitCode.Usage);

    /// <summary>Creates of which nobody knows whether they made a batch.</summary>
    public static ErrorReport Ambiguous(BatchRunSummary summary, string resume)
    {
        BatchShardInfo first = summary.Unsettled[0];
        string more = summary.Unsettled.Count > 1 ? $" {Words.Count(summary.Unsettled.Count - 1)} shards more are like it: {Tool.Name} runs show {Shell.Quote(summary.Name)}." : "";
        string name = Shell.Quote(summary.Name);
        return new(
            "ambiguous_create",
            $"Shard {first.Number} of run '{summary.Name}': {RunWords.Problem(first) ?? "it is not known whether its batch was created."}",
            $"{Words.Count(summary.Outcomes.Values.Sum())} of {Words.Count(summary.Lines)} lines have an outcome; the {Words.Count(summary.Unsettled.Sum(shard => shard.Lines))} of the "
                + $"open shards wait for your decision, and are not sent again.{more}",
            $"Look in the gateway's console for a batch of file '{first.InputFileId}'. If there is one: {Tool.Name} runs attach {name} {first.Number} BATCH_ID; "
                + $"if it is certain that there is none: {Tool.Name} runs abandon {name} {first.Number}. Then: {resume}",
            ExitCode.Ambiguous);
    }

    private static ErrorReport Told(string kind, Exception failure, ExitCode exitCode)
    {
        ThreeParts parts = ThreeParts.Of(RunWords.WithoutMethods(failure.Message));
        return new(
            kind,
            parts.What,
            parts.State ?? (exitCode == ExitCode.Usage ? "Nothing was sent." : "What was durable stands, and batches go on at the gateway."),
            parts.Next ?? (exitCode == ExitCode.Usage ? "Correct it and try again." : "Run the same command again."),
            exitCode);
    }
}
