namespace BatchGateway;

/// <summary>What a <see cref="BatchStatus"/> means, whatever word the provider uses for it.</summary>
public enum BatchStatusKind
{
    /// <summary>A word that this library does not know, or none at all. Not an end by itself.</summary>
    Unknown = 0,

    /// <summary>Accepted and not started: <c>validating</c>, <c>queued</c>, <c>submitted</c>, <c>scheduled</c>, <c>pending</c>.</summary>
    Pending,

    /// <summary>Lines are being worked on.</summary>
    InProgress,

    /// <summary>The result files are being written.</summary>
    Finalizing,

    /// <summary>Done, perhaps with failed lines: <c>completed</c>, <c>succeeded</c>, <c>ended</c>, <c>partially_completed</c>.</summary>
    Completed,

    /// <summary>The input was refused, or the batch as a whole failed.</summary>
    Failed,

    /// <summary>The completion window ended first.</summary>
    Expired,

    /// <summary>On the way to cancelled: <c>cancelling</c>, <c>stopping</c>.</summary>
    Cancelling,

    /// <summary>Cancelled: <c>cancelled</c>, <c>canceled</c>, <c>stopped</c>.</summary>
    Cancelled,
}
