using BatchGateway.Emulator;

namespace BatchGateway.Tests.Misfortunes;

/// <summary>Batches that live otherwise than one hopes.</summary>
internal static class BatchRows
{
    public static IReadOnlyList<MisfortuneTable> Tables { get; } =
    [
        new("Batches", "The scripts of a batch's life.", [.. States()]),
    ];

    private static IEnumerable<Misfortune> States() =>
    [
        new("validating for 3 h", _ => { }) { Script = script => script with { ValidatingFor = TimeSpan.FromHours(3) } },
        new("running for 5 h", _ => { }) { Script = script => script with { RunningFor = TimeSpan.FromHours(5) } },
        new("finalizing for 3 h", _ => { }) { Script = script => script with { FinalizingFor = TimeSpan.FromHours(3) } },
        new("cancelling for 45 min, a minute after the create", _ => { })
        {
            Script = script => script with { CancellingFor = TimeSpan.FromMinutes(45) },
            Cancels = true,
            On = [EmulatorPersonality.OpenAI, EmulatorPersonality.Azure],
            Sees = "`cancelled`, 3 succeeded, 4 cancelled",
        },
        new("expires after 24 h, half way", _ => { })
        {
            Script = script => script with { RunningFor = TimeSpan.FromHours(48) },
            Sees = "`expired`, 3 succeeded, 4 expired",
            Else = new Dictionary<EmulatorPersonality, string> { [EmulatorPersonality.Azure] = Misfortune.Usual },
        },
    ];
}
