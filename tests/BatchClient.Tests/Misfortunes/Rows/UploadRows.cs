using BatchGateway.Emulator;

namespace BatchGateway.Tests.Misfortunes;

/// <summary>The upload, and the look for what a repeated one left behind.</summary>
internal static class UploadRows
{
    public static IReadOnlyList<MisfortuneTable> Tables { get; } =
    [
        new("The upload", "`POST /files` is repeated. What an attempt has left behind is found by its random name and deleted.", [.. Uploads()]),
        new("The list of files", "`GET /files`, after an upload whose answer was lost: only about the file that was left behind.", [.. FileLists()]),
        new("The deletion of a file", "`DELETE /files/{id}`, of what an upload whose answer was lost has left behind.", [.. FileDeletes()]),
        new("The uploaded file", "`GET /files/{id}`, where the gateway takes a file in some time after the upload.", [.. FileGets()]),
    ];

    private static IEnumerable<Misfortune> Uploads() => Faults.Of(Life.Prepare, emulator => emulator.OnUploadFile, new()
    {
        [Faults.LongLimit] = Failed("`BatchApiException` (429)"),
        [Faults.LimitForEver] = Failed("`BatchApiException` (429)"),
        [Faults.BrokenJson] = Failed("`BatchResponseException`"),
        [Faults.LoginPage] = Failed("`BatchResponseException`"),
        [Faults.RevokedKey] = Failed("`BatchApiException` (401)"),
        [Faults.Elsewhere] = Failed("`BatchApiException` (302)"),
        [Faults.ErrorForEver] = Failed("`BatchApiException` (500)"),
        [Faults.ResetForEver] = Failed("`BatchConnectionException`"),
        [Faults.SilenceForEver] = Failed("`BatchConnectionException` (`TransferIdleTimeout`)"),
    })
    .Append(new("413", scene => scene.Emulator.OnUploadFile.When(_ => !scene.IsOver).Answer(413, "<html><title>413</title></html>", "text/html"))
    {
        Sees = Failed("`BatchApiException` (413)"),
    });

    private static IEnumerable<Misfortune> FileLists() => Faults
        .Of(Life.Prepare, emulator => emulator.OnListFiles, [], first: scene => scene.Emulator.OnUploadFile.LoseAnswer())
        .Where(row => row.Name is not (Faults.LimitAsDate or Faults.NewToken));

    private static IEnumerable<Misfortune> FileDeletes() => Faults
        .Of(Life.Prepare, emulator => emulator.OnDeleteFile, [], first: scene => scene.Emulator.OnUploadFile.LoseAnswer())
        .Where(row => row.Name is not (Faults.LimitAsDate or Faults.NewToken));

    private static IEnumerable<Misfortune> FileGets() => Faults.Of(Life.Prepare, emulator => emulator.OnGetFile, new()
    {
        [Faults.LongLimit] = Failed("`BatchApiException` (429)"),
        [Faults.LimitForEver] = Failed("`BatchApiException` (429)"),
        [Faults.BrokenJson] = Failed("`BatchResponseException`"),
        [Faults.LoginPage] = Failed("`BatchResponseException`"),
        [Faults.RevokedKey] = Failed("`BatchApiException` (401)"),
        [Faults.Elsewhere] = Failed("`BatchApiException` (302)"),
        [Faults.ErrorForEver] = Failed("`BatchApiException` (500)"),
        [Faults.ResetForEver] = Failed("`BatchConnectionException`"),
        [Faults.SilenceForEver] = Failed("`BatchConnectionException` (`ControlTimeout`)"),
    })
    .Where(row => row.Name is not (Faults.LimitAsDate or Faults.NewToken))
    .Select(row => row with { On = [EmulatorPersonality.Azure] });

    private static string Failed(string exception) => $"{exception} from `PrepareAsync`; prepared again: {Misfortune.Usual}";
}
