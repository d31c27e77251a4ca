namespace BatchGateway.Cli.Output;

/// <summary>How a wait stands, in one short line.</summary>
internal static class WaitWords
{
    public static string Of(BatchProgress progress)
    {
        string status = progress.Batch is { } batch ? Of(batch) : "not seen yet";
        return progress.Failure is null ? status : $"{status}; no answer, asked again in {Math.Ceiling(progress.NextPollIn.TotalSeconds):0} s";
    }

    private static string Of(Batch batch) => batch.RequestCounts is not { Total: > 0 } counts
        ? batch.Status.ToString()
        : $"{batch.Status}, {Words.Count((counts.Completed ?? 0) + (counts.Failed ?? 0))} of {Words.Count(counts.Total)}{Failed(counts)}";

    private static string Failed(BatchRequestCounts counts) => counts.Failed is > 0 ? $", {Words.Count(counts.Failed)} failed" : "";
}
