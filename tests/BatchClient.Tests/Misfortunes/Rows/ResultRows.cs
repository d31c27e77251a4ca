using BatchGateway.Emulator;

namespace BatchGateway.Tests.Misfortunes;

/// <summary>The content of the result files.</summary>
internal static class ResultRows
{
    private static readonly Dictionary<string, string> Sees = new()
    {
        [Faults.LongLimit] = Again("`BatchApiException` (429)"),
        [Faults.LimitForEver] = Again("`BatchApiException` (429)"),
        [Faults.BrokenJson] = Again("`BatchConnectionException`"),
        [Faults.LoginPage] = Again("`BatchResponseException`"),
        [Faults.RevokedKey] = Again("`BatchApiException` (401)"),
        [Faults.Elsewhere] = Again("`BatchConnectionException`"),
        [Faults.ErrorForEver] = Again("`BatchApiException` (500)"),
        [Faults.ResetForEver] = Again("`BatchConnectionException`"),
        [Faults.SilenceForEver] = Again("`BatchConnectionException` (`TransferIdleTimeout`)"),
    };

    public static IReadOnlyList<MisfortuneTable> Tables { get; } =
    [
        new(
            "The results",
            "`GET /files/{id}/content`, of the output file and of the error file. Both are downloaded whole before the first outcome.",
            [.. Of(scene => scene.Seen!.OutputFileId!, "output file"), .. Of(scene => scene.Seen!.ErrorFileId!, "error file")]),
        new("The content", "What a download can meet beyond that.", [.. Content()]),
    ];

    private static IEnumerable<Misfortune> Content() =>
    [
        OnOutput("cut off in the second line", (route, _) => route.CutBody(600, times: 1)),
        OnOutput("cut off in the second line, on a gateway without ranges", (route, _) => route.CutBody(600, times: 1)) with { Options = options => options.Ranges = false },
        OnOutput("cut off three times", (route, _) => Repeat(3, () => route.CutBody(300, times: 1))),
        OnOutput("cut off in every attempt", (route, _) => route.CutBody(100), isOverAtLast: true) with { Sees = Again("`BatchConnectionException`") },
        OnOutput("cut off, then another `ETag`", (route, _) => Then(() => route.CutBody(600, times: 1), () => route.ChangeETag(times: 1))),
        OnOutput("cut off, then another `ETag`, and `If-Range` is ignored", (route, _) => Then(
            () => route.CutBody(600, times: 1), () => route.ChangeETag(honoursIfRange: false, times: 1))),
        OnOutput("more is announced than comes", (route, _) => route.AnnounceLength(+100, times: 1)),
        OnOutput("less is announced, and less comes", (route, _) => route.AnnounceLength(-100, times: 1)) with { Sees = Again("`BatchConnectionException`") },
        OnOutput("less than one line comes", (route, _) => route.AnnounceLength(-1_900, times: 1)) with { Sees = Again("`BatchConnectionException`") },
        OnAny("a signed address", (_, _) => { }),
        OnAny("a signed address that cuts off", (signed, _) => signed.CutBody(600, times: 1)),
        OnAny("a signed address that resets", (signed, _) => signed.Drop(times: 1)),
        OnAny("a signed address, good for once, that resets after the work", (signed, _) => signed.LoseAnswer(times: 1)),
        OnAny("a signed address that answers 500", (signed, _) => signed.Answer(500, times: 1)),
        OnAny("a signed address that says it has expired", (signed, _) => signed.Answer(403, "<Error><Code>AccessDenied</Code></Error>", "application/xml", times: 1)),
        OnAny("signed addresses that refuse, for as long as it lasts", (_, scene) => scene.Emulator.OnSignedContent.When(_ => !scene.IsOver).Answer(403)) with
        {
            Sees = Again("`BatchApiException` (403)"),
        },
    ];

    /// <summary>On the output file alone.</summary>
    private static Misfortune OnOutput(string name, Action<EmulatorFaults, Scene> arrange, bool isOverAtLast = false) => new(
        name,
        scene => arrange(
            scene.Emulator.OnFileContent.When(request =>
                request.Target.Contains(scene.Seen!.OutputFileId!, StringComparison.Ordinal) && !(isOverAtLast && scene.IsOver)),
            scene))
    {
        At = Life.Read,
    };

    /// <summary>With the content at a signed address, and something that goes wrong there.</summary>
    private static Misfortune OnAny(string name, Action<EmulatorFaults, Scene> arrange) => new(name, scene =>
    {
        scene.Emulator.OnFileContent.Always.RedirectToSigned();
        arrange(scene.Emulator.OnSignedContent.Always, scene);
    })
    {
        At = Life.Read,
    };

    private static void Repeat(int times, Action arrange)
    {
        for (int time = 0; time < times; time++)
            arrange();
    }

    private static void Then(Action first, Action second)
    {
        first();
        second();
    }

    private static IEnumerable<Misfortune> Of(Func<Scene, string> file, string name) => Faults
        .Of(Life.Read, emulator => emulator.OnFileContent, Sees, which: scene => request => request.Target.Contains(file(scene), StringComparison.Ordinal))
        .Where(row => name == "output file" || row.Name != Faults.NewToken)
        .Select(row => row with { To = row.Name == Faults.NewToken ? null : name });

    private static string Again(string exception) => $"{exception} from `ReadOutcomesAsync`; read again: {Misfortune.Usual}";
}
