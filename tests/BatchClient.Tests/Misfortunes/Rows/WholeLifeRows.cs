using BatchGateway.Emulator;

namespace BatchGateway.Tests.Misfortunes;

/// <summary>Misfortunes that do not care which call they meet.</summary>
internal static class WholeLifeRows
{
    private const string AsAbove = "of each call what the rows above say";

    private static readonly int[] Seeds = [1, 2, 3, 4];

    private static readonly (string Name, Action<EmulatorFaults, int?> Arrange)[] All =
    [
        ("reset before the work", (faults, times) => faults.Drop(times)),
        ("reset after the work", (faults, times) => faults.LoseAnswer(times)),
        ("answered with 500", (faults, times) => faults.Answer(500, times: times)),
        ("answered with 429 and `Retry-After`", (faults, times) => faults.Answer(429, retryAfter: TimeSpan.FromSeconds(7), times: times)),
        ("cut off", (faults, times) => faults.CutBody(20, times: times)),
    ];

    public static IReadOnlyList<MisfortuneTable> Tables { get; } =
    [
        new(
            "Any call",
            "`OnAnyCall`, from upload to last download: one request in five (`Sometimes`, four seeds), or every second or third, eight times.",
            [.. Chances(), .. Rhythms()]),
    ];

    private static IEnumerable<Misfortune> Chances() =>
        from fault in All
        from seed in Seeds
        select new Misfortune(fault.Name, scene => fault.Arrange(scene.Emulator.OnAnyCall.Sometimes(0.2, seed), null))
        {
            To = $"seed {seed}",
            IsAnything = true,
            Sees = $"{Misfortune.Usual}, if need be after one of the exceptions above",
            Did = AsAbove,
        };

    private static IEnumerable<Misfortune> Rhythms() =>
        from fault in All
        from every in new[] { 2, 3 }
        select new Misfortune(fault.Name, scene => fault.Arrange(scene.Emulator.OnAnyCall.Every(every), 8))
        {
            To = every == 2 ? "every second request" : "every third request",
            IsAnything = true,
            Sees = $"{Misfortune.Usual}, if need be after one of the exceptions above",
            Did = AsAbove,
        };
}
