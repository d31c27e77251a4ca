using BatchGateway.Emulator;

namespace BatchGateway.Tests.Misfortunes;

/// <summary>Lines whose results are not as they should be.</summary>
internal static class LineRows
{
    private const string Nameless = "5 succeeded, 1 failed, 1 missing, 1 by `Unmatched`";
    private const string Unreadable = "5 succeeded, 1 failed, 1 malformed";

    private static readonly (OddLine Oddity, string Sees)[] OddAnswers =
    [
        (OddLine.NoId, Misfortune.Usual),
        (OddLine.NoCustomId, Nameless),
        (OddLine.RepeatedId, Misfortune.Usual),
        (OddLine.BodyFalse, "5 succeeded, 2 failed"),
        (OddLine.BodyNull, "5 succeeded, 2 failed"),
        (OddLine.BodyText, Misfortune.Usual),
        (OddLine.StatusZero, "5 succeeded, 2 failed"),
        (OddLine.BlankLineBefore, Misfortune.Usual),
        (OddLine.ByteOrderMark, Misfortune.Usual),
        (OddLine.CarriageReturn, Misfortune.Usual),
        (OddLine.NoFinalNewline, Misfortune.Usual),
        (OddLine.InvalidUtf8, Unreadable),
        (OddLine.NotAnObject, Nameless),
        (OddLine.Long, Misfortune.Usual),
        (OddLine.NeverAskedFor, Misfortune.Usual + ", 1 by `Unmatched`"),
    ];

    private static readonly (OddLine Oddity, string Sees)[] OddErrors =
    [
        (OddLine.NoId, Misfortune.Usual),
        (OddLine.NoCustomId, "6 succeeded, 1 missing, 1 by `Unmatched`"),
        (OddLine.RepeatedId, Misfortune.Usual),
        (OddLine.ErrorAsText, Misfortune.Usual),
        (OddLine.ErrorNested, Misfortune.Usual),
        (OddLine.BlankLineBefore, Misfortune.Usual),
        (OddLine.ByteOrderMark, Misfortune.Usual),
        (OddLine.CarriageReturn, Misfortune.Usual),
        (OddLine.NoFinalNewline, Misfortune.Usual),
        (OddLine.Long, Misfortune.Usual),
    ];

    public static IReadOnlyList<MisfortuneTable> Tables { get; } =
    [
        new("Lines", "What becomes of the second of the seven lines; the fourth is refused by the model, as in all tables.", [.. Fates()]),
        new(
            "Odd lines",
            "How the gateway writes the result of the second line, in the output file, and of the fourth, in the error file, by `OddLine`.",
            [.. Answered(), .. Refused()]),
    ];

    private static IEnumerable<Misfortune> Fates() =>
    [
        Second("answered with 429", EmulatedResponse.Error(429, "rate_limit_exceeded", "Too fast."), "5 succeeded, 2 failed"),
        Second("answered with 500", EmulatedResponse.Error(500, "server_error", "Oops."), "5 succeeded, 2 failed"),
        Second("never answered", EmulatedResponse.Unanswered("request_timeout", "Too slow."), "5 succeeded, 2 failed"),
        Second("expired in a completed batch", EmulatedResponse.Expired, "5 succeeded, 1 failed, 1 expired"),
        Second("paid for and in neither file", EmulatedResponse.Vanish, "5 succeeded, 1 failed, 1 missing"),
        Second("not paid for and in neither file", EmulatedResponse.VanishUnbilled, "5 succeeded, 1 failed, 1 missing"),
        Second("there twice", EmulatedResponse.Chat("Once").Twice(), Misfortune.Usual + ", 1 by `Unmatched`"),
        Second("a line that is no JSON", EmulatedResponse.Raw("<html>oops</html>"), Nameless),
        Second("a line that breaks off", EmulatedResponse.Raw("""{"id":"r","custom_id":"q-2","response":{"status_code":200,"bo"""), Unreadable),
    ];

    private static IEnumerable<Misfortune> Answered() =>
        from odd in OddAnswers
        select Script($"`{odd.Oddity}`", "q-2", request => EmulatedResponse.Default(request).As(odd.Oddity), odd.Sees) with { To = "output file" };

    private static IEnumerable<Misfortune> Refused() =>
        from odd in OddErrors
        select Script($"`{odd.Oddity}`", Answers.Refused, request => Answers.Usual(request).As(odd.Oddity), odd.Sees) with { To = "error file" };

    private static Misfortune Second(string name, EmulatedResponse becomes, string sees) => Script(name, "q-2", _ => becomes, sees);

    private static Misfortune Script(string name, string id, Func<EmulatedRequest, EmulatedResponse> become, string sees) => new(name, _ => { })
    {
        Script = script => script.Lines(request => request.CustomId == id, become),
        Sees = sees,
    };
}
