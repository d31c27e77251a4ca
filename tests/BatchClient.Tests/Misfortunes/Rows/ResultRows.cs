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

    private const string Denied = "<Error><Code>AccessDenied</Code></Error>";

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
        OnOutput("cut off in the second line", route => route.CutBody(600, times: 1)),
        OnOutput("cut off in the second line, on a gateway without ranges", route => route.CutBody(600, times: 1)) with
        {
            Options = options => options.Ranges = false,
        },
        OnOutput("cut off three times", route => route.CutBody(300, times: 3)),
        OnOutput("cut off for as long as it lasts", route => route.CutBody(100)) with { Sees = Again("`BatchConnectionException`") },
        OnOutput("cut off, then another `ETag`", Cut, route => route.ChangeETag(times: 1)),
        OnOutput("cut off, then another `ETag`, and `If-Range` is ignored", Cut, route => route.ChangeETag(honoursIfRange: false, times: 1)),
        OnOutput("more is announced than comes", route => route.AnnounceLength(+100, times: 1)),
        OnOutput("less is announced, and less comes", route => route.AnnounceLength(-100, times: 1)) with
        {
            Sees = Again("`BatchConnectionException`"),
        },
        Signed("a signed address", _ => { }),
        Signed("a signed address that cuts off", Cut),
        Signed("a signed address that resets", signed => signed.Drop(times: 1)),
        Signed("a signed address, good for once, that resets after the work", signed => signed.LoseAnswer(times: 1)),
        Signed("a signed address that answers 500", signed => signed.Answer(500, times: 1)),
        Signed("a signed address that says it has expired", signed => signed.Answer(403, Denied, "application/xml", times: 1)),
        Signed("signed addresses that refuse, for as long as it lasts", signed => signed.Answer(403, Denied, "application/xml")) with
        {
            Sees = Again("`BatchApiException` (403)"),
        },
    ];

    private static void Cut(EmulatorFaults faults) => faults.CutBody(600, times: 1);

    /// <summary>On the output file alone, until it is over.</summary>
    private static Misfortune OnOutput(string name, params Action<EmulatorFaults>[] faults) => new(name, scene =>
    {
        foreach (Action<EmulatorFaults> add in faults)
            add(scene.Emulator.OnFileContent.When(request => !scene.IsOver && IsOf(request, scene.Seen!.OutputFileId!)));
    })
    {
        At = Life.Read,
    };

    /// <summary>With the content at a signed address, and something that goes wrong there until it is over.</summary>
    private static Misfortune Signed(string name, Action<EmulatorFaults> add) => new(name, scene =>
    {
        scene.Emulator.OnFileContent.Always.RedirectToSigned();
        add(scene.Emulator.OnSignedContent.When(_ => !scene.IsOver));
    })
    {
        At = Life.Read,
    };

    private static bool IsOf(LedgerRequest request, string file) => request.Target.Contains(file, StringComparison.Ordinal);

    private static IEnumerable<Misfortune> Of(Func<Scene, string> file, string name) => Faults
        .Of(Life.Read, emulator => emulator.OnFileContent, Sees, which: scene => request => IsOf(request, file(scene)))
        .Where(row => name == "output file" || row.Name != Faults.NewToken)
        .Select(row => row with { To = row.Name == Faults.NewToken ? null : name });

    private static string Again(string exception) => $"{exception} from `ReadOutcomesAsync`; read again: {Misfortune.Usual}";
}
