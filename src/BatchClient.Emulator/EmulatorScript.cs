namespace BatchGateway.Emulator;

/// <summary>
/// How a batch lives and what becomes of its lines. Immutable: <c>with</c> makes a script that differs. A batch keeps the script that
/// it was created under.
/// </summary>
public sealed record EmulatorScript
{
    /// <summary>How long a batch is <c>validating</c>; default 2 s.</summary>
    public TimeSpan ValidatingFor { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a batch is <c>in_progress</c>; default 2 min. Its lines are done at an even pace during this time. What would last
    /// longer than the completion window expires, with the lines that were done by then.
    /// </summary>
    public TimeSpan RunningFor { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a batch is <c>finalizing</c>; default 5 s.</summary>
    public TimeSpan FinalizingFor { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a batch is <c>cancelling</c>; default 10 min, as real ones are.</summary>
    public TimeSpan CancellingFor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Answers one line of a batch; default null: <see cref="EmulatedResponse.Default"/>. Called once for every line that a batch runs,
    /// when somebody first looks at the batch, its results or the ledger after the line was due; several batches may call it at once. It
    /// must not call the emulator or read its ledger. An exception becomes that line's status 500.
    /// </summary>
    public Func<EmulatedRequest, EmulatedResponse>? Responder { get; init; }
}
