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

    /// <summary>How batches live and what becomes of their lines; default: <see cref="EmulatorScript"/> as it is.</summary>
    public EmulatorScript Script { get; set; } = new();

    /// <summary>Whether batches can be listed; default null: as the personality has it.</summary>
    public bool? BatchList { get; set; }

    /// <summary>Whether a batch can be cancelled; default null: as the personality has it.</summary>
    public bool? Cancel { get; set; }

    /// <summary>
    /// Whether <c>GET /batches/{id}/output</c> gives a batch's output lines as one JSON array, as newer pages of the gateway have it;
    /// default null: as the personality has it (none does).
    /// </summary>
    public bool? BatchOutput { get; set; }

    /// <summary>Whether files can be listed; default null: as the personality has it (all can).</summary>
    public bool? FileList { get; set; }

    /// <summary>Whether <c>Range</c> is honoured on a file's content; default null: as the personality has it.</summary>
    public bool? Ranges { get; set; }

    /// <summary>
    /// How long an uploaded file has the status <c>pending</c>, during which no batch can be created from it; default null: as the
    /// personality has it (5 s on Azure, zero elsewhere).
    /// </summary>
    public TimeSpan? FilePendingFor { get; set; }

    /// <summary>
    /// The largest upload, in bytes of the request's body; default null: no limit. More is answered 413 with a proxy's HTML page, as soon as
    /// <c>Content-Length</c> or the count shows it, and nothing is kept.
    /// </summary>
    public long? MaxUploadBytes { get; set; }

    /// <summary>What a call that is switched off answers: 404 (the default), 405 or 501.</summary>
    public int UnsupportedStatus { get; set; } = 404;

    /// <summary>How long after its creation a batch first shows up in the list; default zero.</summary>
    public TimeSpan ListDelay { get; set; } = TimeSpan.Zero;
}
