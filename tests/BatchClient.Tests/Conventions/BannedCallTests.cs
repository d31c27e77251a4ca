using System.Reflection;

namespace BatchGateway.Tests.Conventions;

/// <summary>What the built libraries may not call. Read from their code, so that no alias, wrapped line or lambda hides it.</summary>
public sealed class BannedCallTests
{
    private const string RealTime = "an emulator in real time is asked for";
    private const string Hold = "what holds the emulator's clock cannot be measured by it";
    private const string Bytes = "bytes on a socket travel in real time, whatever the emulator's clock says";

    /// <summary>The places that may, by who calls and what is called, each with its reason.</summary>
    private static readonly Dictionary<(string Place, string Target), string> Excused = new()
    {
        [("BatchGatewayOptions.ctor", "TimeProvider.System")] = "the default of both clocks: the one door through which time comes in",
        [("AttemptLimit.Arm", "CancellationTokenSource.CancelAfter(TimeSpan)")] = "the source was made with the network's clock and keeps it",
        [("CreateGuardHandler.Cancel", "CancellationTokenSource.CancelAfter(TimeSpan)")] = "the source was made with the network's clock and keeps it",
        [("ClientRegistration.Sockets", "new SocketsHttpHandler()")] = "the one place that knows how connections are made",
        [("GuardedStream.Read", "Task.GetAwaiter()")] = "Stream.Read blocks by its contract, and only the asynchronous way down has a limit",
        [("RequestStream.DisposeAsync", "SemaphoreSlim.WaitAsync(TimeSpan)")] = "no time at all: it asks whether somebody reads",
        [("RequestStream.Dispose", "SemaphoreSlim.Wait(TimeSpan)")] = "no time at all: it asks whether somebody reads",
        [("GatewayBatchRuns.DeleteAsync", "SemaphoreSlim.WaitAsync(TimeSpan, CancellationToken)")] = "no time at all: it asks whether somebody writes",
        [("RetryPolicy.Delay", "Random.Shared")] = "clients that failed together must not come back together; no seed is promised",
        [("EmulatorClock.get_LocalTimeZone", "TimeProvider.System")] = RealTime,
        [("EmulatorClock.get_TimestampFrequency", "TimeProvider.System")] = RealTime,
        [("EmulatorClock.GetUtcNow", "TimeProvider.System")] = RealTime,
        [("EmulatorClock.GetTimestamp", "TimeProvider.System")] = RealTime,
        [("EmulatorClock.CreateTimer", "TimeProvider.System")] = RealTime,
        [("EmulatorClock.LookAgainAsync", "Task.Delay(TimeSpan)")] = Hold,
        [("ClockHold.ctor", "Environment.TickCount64")] = Hold,
        [("ClockHold.get_IsValid", "Environment.TickCount64")] = Hold,
        [("ClockHold.Renew", "Environment.TickCount64")] = Hold,
        [("LeftoverBody.ReadToEndAsync", "CancellationTokenSource.CancelAfter(TimeSpan)")] = Bytes,
        [("LoopbackServer.StopAsync", "new CancellationTokenSource(TimeSpan)")] = Bytes,
    };

    private static IEnumerable<TestCaseData> Rules =>
        BannedCall.All.SelectMany(banned => Libraries.All.Select(library =>
            new TestCaseData(library, banned.Rule).SetArgDisplayNames(library.GetName().Name!, banned.Rule)));

    private static IEnumerable<TestCaseData> Planted =>
        typeof(PlantedCalls).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Select(method => new TestCaseData($"{nameof(PlantedCalls)}.{method.Name}", method.Name.Split('_')[0]).SetArgDisplayNames(method.Name));

    [TestCaseSource(nameof(Rules))]
    public void Library_Code_CallsNothingThatIsBanned(Assembly library, string rule)
    {
        BannedCall banned = BannedCall.All.Single(banned => banned.Rule == rule);

        IEnumerable<string> found = CallSites.In(library)
            .Where(call => banned.Is(call) && !Excused.ContainsKey((call.Place, call.Target)))
            .Select(call => $"{call.Place} calls {call.Target}");

        Assert.That(found.Distinct(), Is.Empty, $"Instead: {banned.Instead}. If it must stand there, say why in {nameof(BannedCallTests)}.");
    }

    [Test]
    public void Excuse_Place_StillNeedsIt()
    {
        IEnumerable<(string, string)> banned = Libraries.All.SelectMany(CallSites.In)
            .Where(call => BannedCall.All.Any(rule => rule.Is(call))).Select(call => (call.Place, call.Target));

        Assert.That(Excused.Keys.Except(banned), Is.Empty, "an excuse that nobody needs would hide the next mistake there");
    }

    [TestCaseSource(nameof(Planted))]
    public void Rule_PlantedCall_IsFoundByItAlone(string place, string expected)
    {
        IEnumerable<string> rules = CallSites.In(typeof(PlantedCalls).Assembly).Where(call => call.Place == place)
            .SelectMany(call => BannedCall.All.Where(banned => banned.Is(call))).Select(banned => banned.Rule);

        Assert.That(rules.Distinct(), expected == "Nothing" ? Is.Empty : Is.EqualTo(new[] { expected }));
    }
}
