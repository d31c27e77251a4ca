namespace BatchGateway.Emulator;

/// <summary>How an emulator behaves. Read once, when it starts.</summary>
public sealed class EmulatorOptions
{
    /// <summary>The path in front of every call; default <c>/api/llm/api/inference/openai</c>. May be empty.</summary>
    public string ApiPath { get; set; } = "/api/llm/api/inference/openai";

    /// <summary>The bearer token that every call must carry; default <c>emulator-key</c>.</summary>
    public string ApiKey { get; set; } = "emulator-key";

    /// <summary>The only accepted value of <c>x-tfy-provider-name</c>; default null: any value, or none.</summary>
    public string? RequiredProvider { get; set; }

    /// <summary>The port on 127.0.0.1; default 0: a free one.</summary>
    public int Port { get; set; }

    /// <summary>Whose habits to have; default <see cref="EmulatorPersonality.Documented"/>.</summary>
    public EmulatorPersonality Personality { get; set; } = EmulatorPersonality.Documented;

    /// <summary>The clock to live by; default null: a new <see cref="EmulatorClock.AutoAdvancing"/> one.</summary>
    public EmulatorClock? Clock { get; set; }

    /// <summary>How long a batch is <c>validating</c>; default 2 s.</summary>
    public TimeSpan ValidatingFor { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a batch is <c>in_progress</c>; default 2 min. Its lines are done at an even pace during this time.</summary>
    public TimeSpan RunningFor { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a batch is <c>finalizing</c>; default 5 s.</summary>
    public TimeSpan FinalizingFor { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a batch is <c>cancelling</c>; default 10 min, as real ones are.</summary>
    public TimeSpan CancellingFor { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether batches can be listed; default null: as the personality has it.</summary>
    public bool? BatchList { get; set; }

    /// <summary>Whether a batch can be cancelled; default null: as the personality has it.</summary>
    public bool? Cancel { get; set; }

    /// <summary>Whether files can be listed; default null: as the personality has it (both can).</summary>
    public bool? FileList { get; set; }

    /// <summary>Whether <c>Range</c> is honoured on a file's content; default null: as the personality has it.</summary>
    public bool? Ranges { get; set; }

    /// <summary>What a call that is switched off answers: 404 (the default), 405 or 501.</summary>
    public int UnsupportedStatus { get; set; } = 404;

    /// <summary>How long after its creation a batch first shows up in the list; default zero.</summary>
    public TimeSpan ListDelay { get; set; } = TimeSpan.Zero;

    /// <summary>
    /// Answers one line of a batch; default null: <see cref="EmulatedResponse.Default"/>. Called once for every line that a batch runs,
    /// when somebody first looks at the batch, its results or the ledger after the line was due; several batches may call it at once. It
    /// must not call the emulator or read its ledger. An exception becomes that line's status 500.
    /// </summary>
    public Func<EmulatedRequest, EmulatedResponse>? Responder { get; set; }
}
