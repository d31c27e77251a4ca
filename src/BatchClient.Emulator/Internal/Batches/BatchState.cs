namespace BatchGateway.Emulator.Internal;

internal enum BatchState
{
    Validating,
    Failed,
    InProgress,
    Finalizing,
    Completed,
    Expired,
    Cancelling,
    Cancelled,
}
