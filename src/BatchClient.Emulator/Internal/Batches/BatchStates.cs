namespace BatchGateway.Emulator.Internal;

internal static class BatchStates
{
    /// <summary>Whether a batch stays in this state for ever.</summary>
    public static bool IsEnd(this BatchState state) =>
        state is BatchState.Completed or BatchState.Failed or BatchState.Expired or BatchState.Cancelled;
}
