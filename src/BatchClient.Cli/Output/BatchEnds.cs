namespace BatchGateway.Cli.Output;

/// <summary>What the end of a batch means for the end of the tool.</summary>
internal static class BatchEnds
{
    /// <summary>A completed batch may have lines that failed.</summary>
    public static ExitCode ExitCodeOf(Batch batch) =>
        batch.Status.Kind == BatchStatusKind.Completed && batch.RequestCounts?.Failed is not > 0 ? ExitCode.Success : ExitCode.NotAllSucceeded;

    /// <summary>Whether it names anything to read results from.</summary>
    public static bool HasResults(Batch batch) => (batch.OutputFileId ?? batch.ErrorFileId) is not null;
}
