namespace BatchGateway.Tests.Misfortunes;

/// <summary>The content of the result files.</summary>
internal static class ResultRows
{
    private static readonly Dictionary<string, string> Sees = new()
    {
        [Faults.LongLimit] = Again("`BatchApiException` (429)"),
        [Faults.LimitForEver] = Again("`BatchApiException` (429)"),
        [Faults.BrokenJson] = Again("`BatchResponseException`"),
        [Faults.LoginPage] = Again("`BatchResponseException`"),
        [Faults.RevokedKey] = Again("`BatchApiException` (401)"),
        [Faults.Elsewhere] = Again("`BatchConnectionException`"),
        [Faults.ErrorForEver] = Again("`BatchApiException` (500)"),
        [Faults.ResetForEver] = Again("`BatchConnectionException`"),
        [Faults.SilenceForEver] = Again("`BatchConnectionException` (`TransferIdleTimeout`)"),
    };

    public static IReadOnlyList<MisfortuneTable> Tables { get; } =
    [
        new(
            "The results",
            "`GET /files/{id}/content`, of the output file and of the error file. Both are downloaded whole before the first outcome.",
            [.. Of(scene => scene.Seen!.OutputFileId!, "output file"), .. Of(scene => scene.Seen!.ErrorFileId!, "error file")]),
    ];

    private static IEnumerable<Misfortune> Of(Func<Scene, string> file, string name) => Faults
        .Of(Life.Read, emulator => emulator.OnFileContent, Sees, which: scene => request => request.Target.Contains(file(scene), StringComparison.Ordinal))
        .Where(row => name == "output file" || row.Name != Faults.NewToken)
        .Select(row => row with { To = row.Name == Faults.NewToken ? null : name });

    private static string Again(string exception) => $"{exception} from `ReadOutcomesAsync`; read again: {Misfortune.Usual}";
}
