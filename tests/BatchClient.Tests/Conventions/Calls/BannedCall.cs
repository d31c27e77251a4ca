namespace BatchGateway.Tests.Conventions;

/// <summary>Calls that the libraries may not make.</summary>
/// <param name="Rule">What they are, for the test's name.</param>
/// <param name="Instead">What to do instead.</param>
/// <param name="Is">Whether a call is one of them.</param>
internal sealed record BannedCall(string Rule, string Instead, Func<CallSite, bool> Is)
{
    private const string Provider = "System.TimeProvider";
    private const string Span = "System.TimeSpan";
    private const string Milliseconds = "System.Int32";
    private const string Source = "System.Threading.CancellationTokenSource";

    public static readonly BannedCall[] All =
    [
        new("TheSystemClock", "ask the TimeProvider that the options bring", IsTheSystemClock),
        new("ATimerWithoutAClock", "pass the TimeProvider: new CancellationTokenSource(limit, clock), Task.Delay(pause, clock, cancellationToken), clock.CreateTimer(...)", IsTimerWithoutClock),
        new("AnHttpClientOfItsOwn", "take it from the factory: ClientRegistration is the one place that knows how connections are made", IsHttpClient),
        new("BlockingAThread", "await it", Blocks),
        new("AnAsyncVoidMethod", "return the task: an exception that nobody awaits ends the process", call => call.Calls("System.Runtime.CompilerServices.AsyncVoidMethodBuilder")),
        new("TheConsole", "log it, or let the caller say where it goes: the console belongs to the application", call => call.Calls("System.Console")),
        new("ChanceWithoutASeed", "take a Random that somebody can seed, so that what happened can happen again", IsUnseededChance),
    ];

    private static bool IsTheSystemClock(CallSite call) =>
        call.Calls("System.DateTime", "get_Now", "get_UtcNow", "get_Today")
        || call.Calls("System.DateTimeOffset", "get_Now", "get_UtcNow")
        || call.Calls("System.Environment", "get_TickCount", "get_TickCount64")
        || call.Calls("System.Diagnostics.Stopwatch")
        || call.Calls(Provider, "get_System")
        || (call.Calls("System.Guid", "CreateVersion7") && call.Parameters.Count == 0);

    private static bool IsTimerWithoutClock(CallSite call) =>
        call.Calls("System.Threading.Timer", ".ctor")
        || call.Calls("System.Timers.Timer", ".ctor")
        || call.Calls(Source, "CancelAfter")
        || (HasLimit(call) && !call.Takes(Provider) && (
            call.Calls("System.Threading.Tasks.Task", "Delay", "WaitAsync")
            || call.Calls("System.Threading.SemaphoreSlim", "WaitAsync")
            || call.Calls("System.Threading.PeriodicTimer", ".ctor")
            || call.Calls(Source, ".ctor")));

    private static bool HasLimit(CallSite call) => call.Takes(Span) || call.Takes(Milliseconds);

    private static bool IsHttpClient(CallSite call) =>
        call.Calls("System.Net.Http.HttpClient", ".ctor")
        || call.Calls("System.Net.Http.HttpMessageInvoker", ".ctor")
        || call.Calls("System.Net.Http.HttpClientHandler", ".ctor")
        || call.Calls("System.Net.Http.SocketsHttpHandler", ".ctor");

    private static bool Blocks(CallSite call) =>
        call.Calls("System.Threading.Tasks.Task", "Wait", "WaitAll", "WaitAny", "get_Result", "RunSynchronously")
        || call.Calls("System.Threading.Tasks.ValueTask", "get_Result")
        || call.Calls("System.Threading.SemaphoreSlim", "Wait")
        || call.Calls("System.Threading.ManualResetEventSlim", "Wait")
        || call.Calls("System.Threading.WaitHandle", "WaitOne", "WaitAny", "WaitAll")
        || call.Calls("System.Threading.Thread", "Sleep", "Join")
        || call.Calls("System.Net.Http.HttpClient", "Send")
        // An await asks the awaiter first whether there is anything to wait for.
        || call is { Member: "GetAwaiter", Next: not "get_IsCompleted" };

    private static bool IsUnseededChance(CallSite call) =>
        call.Calls("System.Random", "get_Shared") || (call.Calls("System.Random", ".ctor") && call.Parameters.Count == 0);
}
