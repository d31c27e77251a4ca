namespace BatchGateway.Cli.Results;

/// <summary>What an outcome is called in files and documents.</summary>
internal static class OutcomeNames
{
    /// <summary>In the order in which they are told.</summary>
    public static readonly IReadOnlyList<BatchOutcomeKind> Order =
    [
        BatchOutcomeKind.Succeeded, BatchOutcomeKind.Failed, BatchOutcomeKind.Expired, BatchOutcomeKind.Cancelled, BatchOutcomeKind.Malformed, BatchOutcomeKind.Missing,
    ];

    public static string Of(BatchOutcomeKind kind) => kind switch
    {
        BatchOutcomeKind.Succeeded => "succeeded",
        BatchOutcomeKind.Failed => "failed",
        BatchOutcomeKind.Expired => "expired",
        BatchOutcomeKind.Cancelled => "cancelled",
        BatchOutcomeKind.Malformed => "malformed",
        _ => "missing",
    };
}
