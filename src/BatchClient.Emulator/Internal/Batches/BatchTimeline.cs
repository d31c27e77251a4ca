namespace BatchGateway.Emulator.Internal;

/// <summary>
/// When a batch goes through its states; a function of its creation and of a cancellation, so nothing has to run meanwhile.
/// </summary>
internal sealed record BatchTimeline(DateTimeOffset CreatedAt, EmulatorScript Script)
{
    // Later than any test's clock, and far enough from the end of the calendar that a duration can be added.
    private static readonly DateTimeOffset Never = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public DateTimeOffset? CancellingAt { get; init; }

    /// <summary>Whether the end of the window ends the batch.</summary>
    public bool Expires { get; init; } = true;

    public DateTimeOffset ExpiresAt => Expires ? CreatedAt + Script.ExpiresAfter : Never;

    public DateTimeOffset ExpiredAt => ExpiresAt + Script.ExpiresLateBy;

    public DateTimeOffset ValidatedAt => CreatedAt + Script.ValidatingFor;

    /// <summary>When the lines are done, or, where a batch expires late, the time for them is over.</summary>
    public DateTimeOffset FinalizingAt => ExpiresLate ? Earlier(DoneAt, ExpiresAt) : DoneAt;

    public DateTimeOffset CompletedAt => DoneAt + Script.FinalizingFor;

    public DateTimeOffset? CancelledAt => CancellingAt + Script.CancellingFor;

    public bool IsTooLong => CompletedAt > ExpiresAt;

    private DateTimeOffset DoneAt => ValidatedAt + Script.RunningFor;

    private bool ExpiresLate => IsTooLong && ExpiredAt > ExpiresAt && ValidatedAt <= ExpiresAt;

    /// <summary>The state at an instant. Whether the input is valid matters from <see cref="ValidatedAt"/> on.</summary>
    public BatchState StateAt(DateTimeOffset now, bool isValid)
    {
        if (CancellingAt is not null)
            return now >= CancelledAt ? BatchState.Cancelled : BatchState.Cancelling;
        if (IsTooLong && now >= ExpiresAt)
            return StateAfterExpiry(now, isValid);
        if (now < ValidatedAt)
            return BatchState.Validating;
        if (!isValid)
            return BatchState.Failed;
        if (now < FinalizingAt)
            return BatchState.InProgress;
        return now < CompletedAt ? BatchState.Finalizing : BatchState.Completed;
    }

    /// <summary>When a batch in one of the last states came to it.</summary>
    public DateTimeOffset EndedAt(BatchState state) => state switch
    {
        BatchState.Failed => ValidatedAt,
        BatchState.Cancelled => CancelledAt!.Value,
        BatchState.Expired => ExpiredAt,
        _ => CompletedAt,
    };

    /// <summary>How many of a batch's lines are done at an instant: none is begun after a cancellation or the expiry.</summary>
    public int LinesDoneAt(DateTimeOffset now, int lines)
    {
        DateTimeOffset until = Earlier(now, Earlier(CancellingAt ?? ExpiresAt, ExpiresAt));
        if (until >= DoneAt && until >= ValidatedAt)
            return lines;
        double share = until <= ValidatedAt ? 0 : (until - ValidatedAt) / Script.RunningFor;
        return (int)Math.Floor(lines * share);
    }

    private BatchState StateAfterExpiry(DateTimeOffset now, bool isValid)
    {
        bool wasValidated = ValidatedAt <= ExpiresAt;
        if (wasValidated && !isValid)
            return BatchState.Failed;
        if (now >= ExpiredAt)
            return BatchState.Expired;
        return wasValidated ? BatchState.Finalizing : BatchState.Validating;
    }

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;
}
