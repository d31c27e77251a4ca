using BatchGateway.Emulator;

namespace BatchGateway.Tests.Misfortunes;

/// <summary>Batches that live otherwise than one hopes.</summary>
internal static class BatchRows
{
    private const string Told = "; `BatchProgress` tells of it";

    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    private static readonly string[] AboutNoLine = ["token_limit_exceeded", "model_not_found"];

    private static readonly string[] AboutALine =
    [
        "invalid_json_line", "duplicate_custom_id", "mismatched_model", "url_mismatch", "invalid_url", "missing_required_parameter", "too_many_tasks",
    ];

    private static readonly EmulatorPersonality[] ThatExpire = [EmulatorPersonality.Documented, EmulatorPersonality.OpenAI];

    private static readonly EmulatorPersonality[] ThatCancel = [EmulatorPersonality.OpenAI, EmulatorPersonality.Azure];

    public static IReadOnlyList<MisfortuneTable> Tables { get; } =
    [
        new(
            "Batches",
            "What a script makes of a batch's life: how long it takes, how it ends, what the gateway says of it. `MaxPollInterval` is 10 min here.",
            [.. Lengths(), .. Ends(), .. Words()]),
        new(
            "Refused inputs",
            "The batch ends `failed` after its validation. `empty_file` cannot happen: no lines are refused before anything is sent.",
            [.. AboutNoLine.Select(code => Failed(code, line: null)), .. AboutALine.Select(code => Failed(code, line: 3))]),
        new("Result files", "Which result files there are, and when the batch names them.", [.. Files()]),
    ];

    private static IEnumerable<Misfortune> Lengths() =>
    [
        Script("validating for 3 h", script => script with { ValidatingFor = TimeSpan.FromHours(3) }),
        Script("running for 5 h", script => script with { RunningFor = TimeSpan.FromHours(5) }),
        Script("finalizing for 3 h", script => script with { FinalizingFor = TimeSpan.FromHours(3) }),
        Script("the uploaded file is pending for 8 min", script => script) with
        {
            Options = options => options.FilePendingFor = TimeSpan.FromMinutes(8),
        },
        Script("cancelled after a minute, cancelling for 45 min", script => script with { CancellingFor = TimeSpan.FromMinutes(45) }) with
        {
            Cancels = true,
            On = ThatCancel,
            Sees = "`cancelled`, 3 succeeded, 4 cancelled",
        },
    ];

    private static IEnumerable<Misfortune> Ends() =>
    [
        Script("half done when the window of 24 h ends", script => script with { RunningFor = 2 * Window }) with
        {
            Sees = "`expired`, 3 succeeded, 4 expired",
            On = ThatExpire,
        },
        Script("the same, and it ends a day later", script => script with { RunningFor = 2 * Window, ExpiresLateBy = Window }) with
        {
            Sees = "`expired`, 3 succeeded, 4 expired",
            On = ThatExpire,
        },
        Script("running for 48 h, on a gateway where nothing expires", script => script with { RunningFor = 2 * Window }) with
        {
            On = [EmulatorPersonality.Azure],
        },
    ];

    private static IEnumerable<Misfortune> Words() =>
    [
        Script("`validating` again while it runs", script => script.Tells("validating", TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(110))),
        Script("`completed` for a moment while it runs", script => script.Tells("completed", TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(40))) with
        {
            Sees = "`InvalidOperationException` from `ReadOutcomesAsync`; waited and read again: " + Misfortune.Usual,
        },
        Script("a status that nobody knows, for a minute", script => script.Tells("paused", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(70))) with
        {
            Sees = Misfortune.Usual + Told,
        },
        Script("a status that nobody knows, for ever", script => script.Tells("archived", TimeSpan.Zero)) with
        {
            Sees = $"`archived`, {Misfortune.Usual}{Told}",
        },
        Script("no usage, all zeros", script => script with { ReportsUsage = false }) with { On = [EmulatorPersonality.OpenAI] },
    ];

    private static IEnumerable<Misfortune> Files() =>
    [
        Script("every line fails: only an error file", script => script.Lines(1.0, EmulatedResponse.Error(400, "invalid_value", "No."))) with
        {
            Sees = "7 failed",
        },
        Script("every line succeeds: only an output file", script => script.Lines(1.0, EmulatedResponse.Default)) with { Sees = "7 succeeded" },
        Script("completed, and neither file", script => script.Lines(1.0, EmulatedResponse.Vanish)) with { Sees = "7 missing" },
        Script("completed, neither file, nothing paid", script => script.Lines(1.0, EmulatedResponse.VanishUnbilled)) with { Sees = "7 missing" },
        Script("the batch names its files 30 s after its end", script => script with { FileIdsAfter = TimeSpan.FromSeconds(30) }),
        Script("the batch names its files 5 min after its end", script => script with { FileIdsAfter = TimeSpan.FromMinutes(5) }),
        Script("results in the order of the lines", script => script with { ShuffleWindow = 1 }),
        Script("results in another order", script => script with { ShuffleWindow = 16, Seed = 7 }),
    ];

    private static Misfortune Failed(string code, int? line) =>
        Script($"`{code}`", script => script.FailsValidation(code, "So says the script.", line)) with
        {
            Sees = $"`failed` (that code{(line is null ? "" : $" in line {line}")}), 7 missing",
        };

    private static Misfortune Script(string name, Func<EmulatorScript, EmulatorScript> change) =>
        new(name, _ => { }) { Script = change, PollsEvery = TimeSpan.FromMinutes(10) };
}
