namespace BatchGateway.Emulator.Internal;

/// <summary>The times that a batch tells of itself, by member.</summary>
internal static class BatchTimes
{
    /// <summary>The time; null when the batch has not reached it, or never will.</summary>
    public static DateTimeOffset? Of(string member, BatchSnapshot batch)
    {
        BatchTimeline timeline = batch.Timeline;
        BatchState state = batch.State;
        return member switch
        {
            "created_at" => timeline.CreatedAt,
            "in_progress_at" => WhenReached(timeline.ValidatedAt, batch, state is not (BatchState.Validating or BatchState.Failed)),
            "expires_at" => timeline.Expires ? timeline.ExpiresAt : null,
            "finalizing_at" =>
                WhenReached(timeline.FinalizingAt, batch, state is BatchState.Finalizing or BatchState.Completed or BatchState.Expired),
            "completed_at" => state == BatchState.Completed ? timeline.CompletedAt : null,
            "failed_at" => state == BatchState.Failed ? timeline.ValidatedAt : null,
            "expired_at" => state == BatchState.Expired ? timeline.ExpiredAt : null,
            "cancelling_at" => timeline.CancellingAt,
            "cancelled_at" => state == BatchState.Cancelled ? timeline.CancelledAt : null,
            _ => throw new ArgumentOutOfRangeException(nameof(member), member, "A batch has no such time."),
        };
    }

    private static DateTimeOffset? WhenReached(DateTimeOffset time, BatchSnapshot batch, bool wasReached)
    {
        DateTimeOffset end = batch.Timeline.CancellingAt ?? (batch.State == BatchState.Expired ? batch.Timeline.ExpiresAt : DateTimeOffset.MaxValue);
        return wasReached && time <= end ? time : null;
    }
}
