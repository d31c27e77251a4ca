namespace BatchGateway.Emulator.Internal;

/// <summary>
/// When a batch goes through its states; a function of its creation and of a cancellation, so nothing has to run meanwhile.
/// </summary>
internal sealed record BatchTimeline(DateTimeOffset CreatedAt, EmulatorScript Script)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    // Later than any test's clock, and far enough from the end of the calendar that a duration can be added.
    private static readonly DateTimeOffset Never = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public DateTimeOffset? CancellingAt { get; init; }

    /// <summary>Whether the end of the window ends the batch.</summary>
    public bool Expires { get; init; } = true;

    public DateTimeOffset ExpiresAt => Expires ? CreatedAt + Window : Never;

    public DateTimeOffset ValidatedAt => CreatedAt + Script.ValidatingFor;

    public DateTimeOffset FinalizingAt => ValidatedAt + Script.RunningFor;

    public DateTimeOffset CompletedAt => FinalizingAt + Script.FinalizingFor;

    public DateTimeOffset? CancelledAt => CancellingAt + Script.CancellingFor;

    public bool IsTooLong => CompletedAt > ExpiresAt;

    /// <summary>The state at an instant. Whether the input is valid matters from <see cref="ValidatedAt"/> on.</summary>
    public BatchState StateAt(DateTimeOffset now, bool isValid)
    {
        if (CancellingAt is not null)
            return now >= CancelledAt ? BatchState.Cancelled : BatchState.Cancelling;
        if (IsTooLong && now >= ExpiresAt)
            return HasFailed(ExpiresAt, isValid) ? BatchState.Failed : BatchState.Expired;
        if (now < ValidatedAt)
            return BatchState.Validating;
        if (!isValid)
            return BatchState.Failed;
        if (now < FinalizingAt)
            return BatchState.InProgress;
        return now < CompletedAt ? BatchState.Finalizing : BatchState.Completed;
    }

    /// <summary>How many of a batch's lines are done at an instant: none is begun after a cancellation or the expiry.</summary>
    public int LinesDoneAt(DateTimeOffset now, int lines)
    {
        DateTimeOffset until = Earlier(now, Earlier(CancellingAt ?? ExpiresAt, ExpiresAt));
        if (until >= FinalizingAt && until >= ValidatedAt)
            return lines;
        double share = until <= ValidatedAt ? 0 : (until - ValidatedAt) / Script.RunningFor;
        return (int)Math.Floor(lines * share);
    }

    /// <summary>Whether a batch was validated before it was cancelled or expired, and found invalid.</summary>
    private bool HasFailed(DateTimeOffset until, bool isValid) => !isValid && ValidatedAt <= until;

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;
}
