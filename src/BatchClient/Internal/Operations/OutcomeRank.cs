namespace BatchGateway.Internal.Operations;

/// <summary>Which of several lines with one custom id speaks for it: the first of those with the highest rank.</summary>
internal static class OutcomeRank
{
    public static int Of(BatchOutcomeKind kind) => kind switch
    {
        BatchOutcomeKind.Succeeded => 2,
        BatchOutcomeKind.Malformed => 0,
        _ => 1,
    };
}
