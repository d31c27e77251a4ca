using BatchGateway.Emulator.Internal;

namespace BatchGateway.Emulator;

/// <summary>
/// How a batch lives and what becomes of its lines. Immutable: <c>with</c> and the methods make a script that differs. A batch keeps the
/// script that it was created under.
/// </summary>
/// <example>
/// <code>
/// emulator.Script = new EmulatorScript { ExpiresLateBy = TimeSpan.FromMinutes(10), RunningFor = TimeSpan.FromHours(48) }
///     .Lines(0.01, EmulatedResponse.Error(429, "rate_limit_exceeded", "Too fast."));
/// </code>
/// </example>
public sealed record EmulatorScript
{
    /// <summary>How long a batch is <c>validating</c>; default 2 s.</summary>
    public TimeSpan ValidatingFor { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a batch is <c>in_progress</c>; default 2 min. Its lines are done at an even pace during this time. What would last
    /// longer than <see cref="ExpiresAfter"/> expires, with the lines that were done by then.
    /// </summary>
    public TimeSpan RunningFor { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a batch is <c>finalizing</c>; default 5 s.</summary>
    public TimeSpan FinalizingFor { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a batch is <c>cancelling</c>; default 10 min, as real ones are.</summary>
    public TimeSpan CancellingFor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The completion window: <c>expires_at</c> is so long after <c>created_at</c>; default 24 h, and more than zero. No line is done after it.
    /// </summary>
    public TimeSpan ExpiresAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>
    /// How long after <c>expires_at</c> a batch that expires really ends, at <c>expired_at</c>; default zero. Until then it is
    /// <c>finalizing</c>, or still <c>validating</c>.
    /// </summary>
    public TimeSpan ExpiresLateBy { get; init; }

    /// <summary>
    /// How long after the batch's end it names its files; default zero. Until then <c>output_file_id</c> and <c>error_file_id</c> are those
    /// of a batch without files. The files themselves exist from the end on.
    /// </summary>
    public TimeSpan FileIdsAfter { get; init; }

    /// <summary>Whether a completed batch tells its tokens, where the personality has <c>usage</c>; default true. False: zeros.</summary>
    public bool ReportsUsage { get; init; } = true;

    /// <summary>
    /// Among how many neighbours the lines of a result file are shuffled; default 16, at least 1. Within these no line keeps its place; 1 keeps
    /// the input's order. So many lines are held in memory.
    /// </summary>
    public int ShuffleWindow { get; init; } = 16;

    /// <summary>Decides the order of the results and which lines a share takes; default 1. The same seed decides the same.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Answers one line of a batch that no <c>Lines</c> took; default null: <see cref="EmulatedResponse.Default"/>. Called once for every
    /// line that a batch runs, when somebody first looks at the batch, its results or the ledger after the line was due; several batches
    /// may call it at once. It must not call the emulator or read its ledger. An exception becomes that line's status 500.
    /// </summary>
    public Func<EmulatedRequest, EmulatedResponse>? Responder { get; init; }

    internal IReadOnlyList<InputError> ValidationErrors { get; private init; } = [];

    internal IReadOnlyList<LineRule> LineRules { get; private init; } = [];

    private IReadOnlyList<ToldStatus> ToldStatuses { get; init; } = [];

    /// <summary>
    /// The same script, but the batch ends <c>failed</c> after <see cref="ValidatingFor"/>, whatever its input is: no line runs and there are no
    /// files. Each call adds an error to those that the batch tells.
    /// </summary>
    /// <param name="code">The error's <c>code</c>, such as <c>token_limit_exceeded</c>.</param>
    /// <param name="message">The error's <c>message</c>.</param>
    /// <param name="line">The error's <c>line</c>, counted from 1; default null, as it often is.</param>
    /// <param name="param">The error's <c>param</c>; default null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The line is less than 1.</exception>
    public EmulatorScript FailsValidation(string code, string message, int? line = null, string? param = null)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(message);
        if (line is { } number)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(number, nameof(line));
        return this with { ValidationErrors = [.. ValidationErrors, new InputError(code, message, param, line)] };
    }

    /// <summary>
    /// The same script, but <c>status</c> says this during a part of the batch's life, whatever it really is. Times, counts and files stay the
    /// truth. Where several calls cover an age, the last one counts.
    /// </summary>
    /// <param name="status">Any word: one that nobody knows, or one that was over already.</param>
    /// <param name="from">The age of the batch at which <c>status</c> begins to say so; zero: from its creation on.</param>
    /// <param name="until">The age at which it no longer does; default null: it always will.</param>
    /// <exception cref="ArgumentOutOfRangeException">The ages are negative, or the second is not after the first.</exception>
    public EmulatorScript Tells(string status, TimeSpan from, TimeSpan? until = null)
    {
        ArgumentNullException.ThrowIfNull(status);
        ArgumentOutOfRangeException.ThrowIfLessThan(from, TimeSpan.Zero);
        if (until is { } end)
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(end, from, nameof(until));
        return this with { ToldStatuses = [.. ToldStatuses, new ToldStatus(status, from, until)] };
    }

    /// <summary>
    /// The same script with a rule for some lines. The first rule that takes a line decides it; what none takes is for <see cref="Responder"/>.
    /// What is said there about being called is true of both functions here.
    /// </summary>
    /// <param name="which">The lines.</param>
    /// <param name="become">What becomes of each.</param>
    public EmulatorScript Lines(Func<EmulatedRequest, bool> which, Func<EmulatedRequest, EmulatedResponse> become)
    {
        ArgumentNullException.ThrowIfNull(which);
        ArgumentNullException.ThrowIfNull(become);
        return With(new LineRule((request, _) => which(request), become));
    }

    /// <summary>The same script with a rule for some lines: they all become the same. The first rule that takes a line decides it.</summary>
    /// <param name="which">The lines.</param>
    /// <param name="become">What becomes of each.</param>
    public EmulatorScript Lines(Func<EmulatedRequest, bool> which, EmulatedResponse become)
    {
        ArgumentNullException.ThrowIfNull(become);
        return Lines(which, _ => become);
    }

    /// <summary>
    /// The same script with a rule for a share of the lines that no earlier rule takes. Which ones follows from <see cref="Seed"/>, the
    /// custom id and <see cref="EmulatedRequest.Attempt"/>: the same in every run, and others at the next attempt.
    /// </summary>
    /// <param name="share">The share, from 0 to 1.</param>
    /// <param name="become">What becomes of each.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not from 0 to 1.</exception>
    public EmulatorScript Lines(double share, Func<EmulatedRequest, EmulatedResponse> become)
    {
        if (!(share is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share must be from 0 to 1.");
        ArgumentNullException.ThrowIfNull(become);
        return With(new LineRule((_, lot) => lot < share, become));
    }

    /// <summary>The same script with a rule for a share of the lines that no earlier rule takes: they all become the same.</summary>
    /// <param name="share">The share, from 0 to 1.</param>
    /// <param name="become">What becomes of each.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not from 0 to 1.</exception>
    public EmulatorScript Lines(double share, EmulatedResponse become)
    {
        ArgumentNullException.ThrowIfNull(become);
        return Lines(share, _ => become);
    }

    internal EmulatedResponse Answer(EmulatedRequest request)
    {
        for (int i = 0; i < LineRules.Count; i++)
        {
            if (LineRules[i].Takes(request, LineLot.Draw(Seed, i, request)))
                return LineRules[i].Become(request);
        }

        return Responder is null ? EmulatedResponse.Default(request) : Responder(request);
    }

    internal string? StatusToldAt(TimeSpan age) => ToldStatuses.LastOrDefault(told => told.Covers(age))?.Status;

    private EmulatorScript With(LineRule rule) => this with { LineRules = [.. LineRules, rule] };
}
