using BatchGateway.Emulator;

namespace BatchGateway.Tests.Misfortunes;

/// <summary>What can happen to any call: the same list for each of them.</summary>
internal static class Faults
{
    public const string LimitInSeconds = "429 with `Retry-After` in seconds";
    public const string LimitAsDate = "429 with `Retry-After` as a date";
    public const string LimitForEver = "429 for as long as it lasts";
    public const string LongLimit = "429 with a `Retry-After` of 5 min";
    public const string ServerError = "500";
    public const string ProxyPage = "502 with a page of HTML";
    public const string Busy = "503 with `Retry-After`";
    public const string Late = "an answer that is 5 s late";
    public const string Slow = "a body that comes in pieces, a second apart";
    public const string ResetBefore = "a reset before the work";
    public const string ResetAfter = "a reset after the work";
    public const string CutShort = "a body that is cut off";
    public const string CutChunks = "a chunked body that is cut off";
    public const string BrokenJson = "broken JSON in a 200";
    public const string LoginPage = "a login page in a 200";
    public const string NoAnswer = "no answer ever";
    public const string NewToken = "401 until the token changes";
    public const string RevokedKey = "401 for as long as it lasts";
    public const string Elsewhere = "a redirect to elsewhere";
    public const string ErrorForEver = "500 for as long as it lasts";
    public const string ResetForEver = "a reset for as long as it lasts";
    public const string SilenceForEver = "no answer for as long as it lasts";

    private const string Rate = """{"error":{"message":"Slow down.","type":"rate_limit_error","param":null,"code":"rate_limit_exceeded"}}""";
    private const string Oops = """{"error":{"message":"Oops.","type":"server_error","param":null,"code":null}}""";
    private const string Stale = """{"error":{"message":"Who are you?","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}""";
    private const string Page = "<html><title>Bad gateway</title><body>nginx</body></html>";

    /// <summary>Another origin, where nobody listens.</summary>
    private const string Closed = "https://127.0.0.1:1/openai";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan LongPause = TimeSpan.FromMinutes(5);

    private static readonly (string Name, TimeSpan? Told, Action<Scene, EmulatorRoute, Func<LedgerRequest, bool>> Arrange)[] All =
    [
        (LimitInSeconds, Pause, (_, route, which) => route.When(which).Answer(429, Rate, retryAfter: Pause, times: 1)),
        (LimitAsDate, Pause, (scene, route, which) => route.When(which).Answer(429, Rate, retryAfterDate: scene.Now + Pause, times: 1)),
        (LongLimit, LongPause, (_, route, which) => route.When(which).Answer(429, Rate, retryAfter: LongPause, times: 1)),
        (LimitForEver, null, (scene, route, which) => While(scene, route, which).Answer(429, Rate)),
        (ServerError, null, (_, route, which) => route.When(which).Answer(500, Oops, times: 1)),
        (ProxyPage, null, (_, route, which) => route.When(which).Answer(502, Page, "text/html", times: 1)),
        (Busy, Pause, (_, route, which) => route.When(which).Answer(503, retryAfter: Pause, times: 1)),
        (Late, null, (_, route, which) => route.When(which).Delay(TimeSpan.FromSeconds(5), times: 1)),
        (Slow, null, (_, route, which) => route.When(which).SlowBody(TimeSpan.FromSeconds(1), chunkBytes: 256, times: 1)),
        (ResetBefore, null, (_, route, which) => route.When(which).Drop(times: 1)),
        (ResetAfter, null, (_, route, which) => route.When(which).LoseAnswer(times: 1)),
        (CutShort, null, (_, route, which) => route.When(which).CutBody(20, times: 1)),
        (CutChunks, null, (_, route, which) => route.When(which).CutBody(20, withLength: false, times: 1)),
        (BrokenJson, null, (_, route, which) => route.When(which).MalformedJson(times: 1)),
        (LoginPage, null, (_, route, which) => route.When(which).LoginPage(times: 1)),
        (NoAnswer, null, (scene, route, which) => route.When(request => which(request) && scene.Hangs()).Hang(times: 1)),
        (NewToken, null, (scene, _, _) => scene.RotateKey()),
        (RevokedKey, null, (scene, route, which) => While(scene, route, which).Answer(401, Stale)),
        (Elsewhere, null, (scene, route, which) => While(scene, route, which).Redirect(Closed)),
        (ErrorForEver, null, (scene, route, which) => While(scene, route, which).Answer(500, Oops)),
        (ResetForEver, null, (scene, route, which) => While(scene, route, which).Drop()),
        (SilenceForEver, null, (scene, route, which) => route.When(request => !scene.IsOver && which(request) && scene.Hangs()).Hang()),
    ];

    /// <summary>One misfortune for each thing that can happen to a call.</summary>
    /// <param name="at">The step in which the call is made.</param>
    /// <param name="route">The call.</param>
    /// <param name="sees">What the user sees where it is not the usual.</param>
    /// <param name="which">Which of its requests; default: all.</param>
    /// <param name="first">What makes the call necessary; default: nothing.</param>
    public static IEnumerable<Misfortune> Of(
        string at,
        Func<BatchGatewayEmulator, EmulatorRoute> route,
        Dictionary<string, string> sees,
        Func<Scene, Func<LedgerRequest, bool>>? which = null,
        Action<Scene>? first = null) =>
        All.Select(fault => new Misfortune(fault.Name, scene =>
        {
            first?.Invoke(scene);
            fault.Arrange(scene, route(scene.Emulator), which?.Invoke(scene) ?? (_ => true));
        })
        {
            At = at,
            Told = fault.Told,
            Sees = sees.GetValueOrDefault(fault.Name, Misfortune.Usual),
        });

    private static EmulatorFaults While(Scene scene, EmulatorRoute route, Func<LedgerRequest, bool> which) =>
        route.When(request => !scene.IsOver && which(request));
}
