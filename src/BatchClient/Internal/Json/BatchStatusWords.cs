namespace BatchGateway.Internal.Json;

/// <summary>The status words met in the field, by meaning.</summary>
internal static class BatchStatusWords
{
    private static readonly Dictionary<BatchStatus, BatchStatusKind> Kinds = new()
    {
        [BatchStatus.Validating] = BatchStatusKind.Pending,
        [new("queued")] = BatchStatusKind.Pending,
        [new("submitted")] = BatchStatusKind.Pending,
        [new("scheduled")] = BatchStatusKind.Pending,
        [new("pending")] = BatchStatusKind.Pending,
        [new("pre_schedule")] = BatchStatusKind.Pending,
        [BatchStatus.InProgress] = BatchStatusKind.InProgress,
        [new("running")] = BatchStatusKind.InProgress,
        [BatchStatus.Finalizing] = BatchStatusKind.Finalizing,
        [BatchStatus.Completed] = BatchStatusKind.Completed,
        [new("succeeded")] = BatchStatusKind.Completed,
        [new("ended")] = BatchStatusKind.Completed,
        [new("partially_completed")] = BatchStatusKind.Completed,
        [BatchStatus.Failed] = BatchStatusKind.Failed,
        [BatchStatus.Expired] = BatchStatusKind.Expired,
        [BatchStatus.Cancelling] = BatchStatusKind.Cancelling,
        [new("canceling")] = BatchStatusKind.Cancelling,
        [new("stopping")] = BatchStatusKind.Cancelling,
        [BatchStatus.Cancelled] = BatchStatusKind.Cancelled,
        [new("canceled")] = BatchStatusKind.Cancelled,
        [new("stopped")] = BatchStatusKind.Cancelled,
    };

    public static BatchStatusKind KindOf(string? text) => Kinds.GetValueOrDefault(new BatchStatus(text));
}
