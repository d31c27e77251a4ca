using BatchGateway.Emulator;

namespace BatchGateway.Tests.Misfortunes;

/// <summary>The create, and the look for the batch of a create whose answer was lost.</summary>
internal static class CreateRows
{
    private const string Open = $"`AmbiguousCreateException` from `CreateAsync`; none in the console, so submitted again: {Misfortune.Usual}";
    private const string Attached = $"`AmbiguousCreateException` from `CreateAsync`; found in the console and attached: {Misfortune.Usual}";

    /// <summary>The batch was made; only a gateway with a list shows it.</summary>
    private static readonly string[] AfterTheWork =
        [Faults.ResetAfter, Faults.CutShort, Faults.CutChunks, Faults.BrokenJson, Faults.NoAnswer, Faults.SilenceForEver];

    public static IReadOnlyList<MisfortuneTable> Tables { get; } =
    [
        new(
            "The create",
            "`POST /batches` is sent once unless it was refused. A batch whose answer was lost is looked for in the list, where there is one.",
            [.. Creates()]),
        new("The list of batches", "`GET /batches`, after a create whose answer was lost.", [.. Lists()]),
    ];

    private static IEnumerable<Misfortune> Creates() => Faults
        .Of(Life.Create, emulator => emulator.OnCreateBatch, new()
        {
            [Faults.LongLimit] = Refused(429),
            [Faults.LimitForEver] = Refused(429),
            [Faults.ServerError] = Open,
            [Faults.ProxyPage] = Open,
            [Faults.Busy] = Open,
            [Faults.ResetBefore] = Open,
            [Faults.LoginPage] = Open,
            [Faults.RevokedKey] = Refused(401),
            [Faults.Elsewhere] = Refused(302),
            [Faults.ErrorForEver] = Open,
            [Faults.ResetForEver] = Open,
        })
        .Select(row => AfterTheWork.Contains(row.Name) ? row with { Else = OnDocumented(Attached) } : row);

    private static IEnumerable<Misfortune> Lists() => Faults
        .Of(
            Life.Create,
            emulator => emulator.OnListBatches,
            new()
            {
                [Faults.LongLimit] = Attached,
                [Faults.RevokedKey] = Attached,
                [Faults.Elsewhere] = Attached,
                [Faults.LimitForEver] = Attached,
                [Faults.ErrorForEver] = Attached,
                [Faults.ResetForEver] = Attached,
                [Faults.SilenceForEver] = Attached,
            },
            first: scene => scene.Emulator.OnCreateBatch.LoseAnswer())
        .Where(row => row.Name != Faults.NewToken)
        .Concat(
        [
            NoList(404), NoList(405), NoList(501),
            new("a list that lags behind by 30 s", scene => scene.Emulator.OnCreateBatch.LoseAnswer())
            {
                At = Life.Create,
                Options = options => options.ListDelay = TimeSpan.FromSeconds(30),
            },
            new("a list that lags behind by an hour", scene => scene.Emulator.OnCreateBatch.LoseAnswer())
            {
                At = Life.Create,
                Options = options => options.ListDelay = TimeSpan.FromHours(1),
                Sees = Attached,
            },
        ])
        .Select(row => row with { On = [.. row.On.Where(personality => personality != EmulatorPersonality.Documented)] });

    private static Misfortune NoList(int status) => new($"no such call ({status})", scene => scene.Emulator.OnCreateBatch.LoseAnswer())
    {
        At = Life.Create,
        Options = options => (options.BatchList, options.UnsupportedStatus) = (false, status),
        Sees = Attached,
    };

    private static Dictionary<EmulatorPersonality, string> OnDocumented(string sees) => new() { [EmulatorPersonality.Documented] = sees };

    private static string Refused(int status) => $"`BatchApiException` ({status}) from `CreateAsync`; created again: {Misfortune.Usual}";
}
