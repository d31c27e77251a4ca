using BatchGateway.Emulator;

namespace BatchGateway.Tests.Misfortunes;

/// <summary>Lines whose results are not as they should be.</summary>
internal static class LineRows
{
    public static IReadOnlyList<MisfortuneTable> Tables { get; } =
    [
        new("Lines", "What becomes of the second of the seven lines; the fourth is refused by the model as in all tables.", [.. Fates()]),
    ];

    private static IEnumerable<Misfortune> Fates() =>
    [
        Second("is answered with 429", _ => EmulatedResponse.Error(429, "rate_limit_exceeded", "Too fast."), "5 succeeded, 2 failed"),
        Second("was never answered", _ => EmulatedResponse.Unanswered("request_timeout", "Too slow."), "5 succeeded, 2 failed"),
        Second("is paid for and in neither file", _ => EmulatedResponse.Vanish, "5 succeeded, 1 failed, 1 missing"),
    ];

    private static Misfortune Second(string name, Func<EmulatedRequest, EmulatedResponse> become, string sees) => new(name, _ => { })
    {
        Script = script => script with { Responder = request => request.CustomId == "q-2" ? become(request) : Answers.Usual(request) },
        Sees = sees,
    };
}
