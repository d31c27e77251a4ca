using BatchGateway.Emulator;

namespace BatchGateway.Tests.Misfortunes;

/// <summary>The polls of the wait, and the cancellation.</summary>
internal static class WaitRows
{
    private const string Cancelled = "`cancelled`, 3 succeeded, 4 cancelled";
    private const string NoCancel = $"`BatchApiException` (404, no such call) from `CancelAsync`; the batch runs on: {Misfortune.Usual}";

    private const string NotFound = """{"error":{"message":"No batch found.","type":"invalid_request_error","param":null,"code":null}}""";

    public static IReadOnlyList<MisfortuneTable> Tables { get; } =
    [
        new("The wait", "`GET /batches/{id}` is asked again until the batch is at its end; `WaitOptions.Timeout` is 20 min here.", [.. Gets()]),
        new("The cancellation", "`POST /batches/{id}/cancel`, a minute after the create, when three of the seven lines are done.", [.. Cancels()]),
    ];

    private static IEnumerable<Misfortune> Gets() => Faults
        .Of(Life.Wait, emulator => emulator.OnGetBatch, new()
        {
            [Faults.LongLimit] = Told(),
            [Faults.LimitForEver] = Attached("`BatchWaitTimeoutException`"),
            [Faults.BrokenJson] = Told(),
            [Faults.LoginPage] = Told(),
            [Faults.RevokedKey] = Attached("`BatchApiException` (401)"),
            [Faults.Elsewhere] = Attached("`BatchApiException` (302)", isTold: false),
            [Faults.ErrorForEver] = Attached("`BatchWaitTimeoutException`"),
            [Faults.ResetForEver] = Attached("`BatchWaitTimeoutException`"),
            [Faults.SilenceForEver] = Attached("`BatchWaitTimeoutException`"),
        })
        .Concat(
        [
            new("404 in the first minute", scene => scene.Emulator.OnGetBatch.Answer(404, NotFound, times: 3)) { At = Life.Wait, Sees = Told() },
            new("404 for as long as it lasts", scene => scene.Emulator.OnGetBatch.When(_ => !scene.IsOver).Answer(404, NotFound))
            {
                At = Life.Wait, Sees = Attached("`BatchApiException` (404)"),
            },
            new("403", scene => scene.Emulator.OnGetBatch.Answer(403))
            {
                At = Life.Wait, Sees = Attached("`BatchApiException` (403)", isTold: false),
            },
        ])
        .Select(row => row with { WaitsFor = TimeSpan.FromMinutes(20) });

    private static IEnumerable<Misfortune> Cancels() => Faults
        .Of(Life.Cancel, emulator => emulator.OnCancelBatch, new()
        {
            [Faults.LongLimit] = Again("`BatchApiException` (429)"),
            [Faults.LimitForEver] = Again("`BatchApiException` (429)"),
            [Faults.BrokenJson] = Again("`BatchResponseException`"),
            [Faults.LoginPage] = Again("`BatchResponseException`"),
            [Faults.RevokedKey] = Again("`BatchApiException` (401)"),
            [Faults.Elsewhere] = Again("`BatchApiException` (302)"),
            [Faults.ErrorForEver] = Again("`BatchApiException` (500)"),
            [Faults.ResetForEver] = Again("`BatchConnectionException`"),
            [Faults.SilenceForEver] = Again("`BatchConnectionException` (`ControlTimeout`)"),
        })
        .Select(row => row with
        {
            On = [.. row.On.Where(personality => personality != EmulatorPersonality.Documented)],
            Sees = row.Sees == Misfortune.Usual ? Cancelled : row.Sees,
        })
        .Append(new("nothing else", _ => { })
        {
            Sees = Cancelled,
            Else = new Dictionary<EmulatorPersonality, string> { [EmulatorPersonality.Documented] = NoCancel },
        })
        .Concat(new[] { 404, 405, 501 }.Select(NoCall))
        .Select(row => row with { Cancels = true });

    private static Misfortune NoCall(int status) => new($"no such call ({status})", _ => { })
    {
        Options = options => (options.Cancel, options.UnsupportedStatus) = (false, status),
        Sees = NoCancel.Replace("404", $"{status}", StringComparison.Ordinal),
    };

    private static string Told() => $"{Misfortune.Usual}; `BatchProgress` tells of it";

    private static string Attached(string exception, bool isTold = true) =>
        $"{exception} from `WaitAsync`; attached: {Misfortune.Usual}{(isTold ? "; `BatchProgress` tells of it" : "")}";

    private static string Again(string exception) => $"{exception} from `CancelAsync`; cancelled again: {Cancelled}";
}
