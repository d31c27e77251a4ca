using System.Globalization;
using BatchGateway.Emulator;

namespace BatchGateway.Tests.Misfortunes;

/// <summary>What the client did in a life beyond what it does in an undisturbed one, told from the ledger.</summary>
internal static class ClientsView
{
    private static readonly TimeSpan WorthTelling = TimeSpan.FromSeconds(20);

    private static readonly (string Route, string Word)[] Words =
    [
        ("UploadFile", "upload"), ("CreateBatch", "create"), ("GetBatch", "get"), ("ListBatches", "list"), ("CancelBatch", "cancel"),
        ("GetFile", "file get"), ("ListFiles", "file list"), ("DeleteFile", "file delete"), ("FileContent", "download"), ("SignedContent", "signed download"),
    ];

    public static string Of(Misfortune misfortune, IReadOnlyList<LifeStep> life, IReadOnlyList<LifeStep> usual, int filesLeft)
    {
        List<string> parts = [];
        foreach (LifeStep step in life.Where(step => step.GoesOn is null))
        {
            LifeStep? model = usual.FirstOrDefault(other => other.Call == step.Call);
            string told = misfortune.Told is { } pause && PauseAfterRefusal(step) >= pause ? $", {Length(pause)} later as told" : "";
            string counts = step.Failure is null ? More(step, model) : All(step);
            if (step.Failure is not null)
                parts.Add($"gave up after {counts}{During(step, model)}");
            else if (counts.Length > 0)
                parts.Add($"{counts}{told}{During(step, model)}");
            else if (During(step, model).Length > 0)
                parts.Add($"waited{told}{During(step, model)}".Replace("waited in", "waited", StringComparison.Ordinal));
            else if (told.Length > 0)
                parts.Add($"waited {Length(misfortune.Told!.Value)} as told");
            parts.AddRange(Resumptions(step));
        }

        if (filesLeft > 0)
            parts.Add($"{filesLeft} {(filesLeft == 1 ? "file" : "files")} left behind");
        return parts.Count == 0 ? "nothing else than usual" : string.Join("; ", parts);
    }

    /// <summary>How long the client waited at least before it came again to a call that had refused it with a wish.</summary>
    public static TimeSpan? PauseAfterRefusal(LifeStep step)
    {
        TimeSpan? shortest = null;
        foreach (LedgerRequest refused in step.Requests.Where(request => request.Status is 429 or 503))
        {
            LedgerRequest? next = step.Requests.FirstOrDefault(request => request.Sequence > refused.Sequence && request.Route == refused.Route);
            if (next is not null && !(next.Time - refused.Time > shortest))
                shortest = next.Time - refused.Time;
        }

        return shortest;
    }

    private static string More(LifeStep step, LifeStep? usual) => Counts(word => (
        step.Requests.Count(request => request.Route == word) - Of(usual, word), Of(usual, word) > 0));

    private static string All(LifeStep step) =>
        step.Lasted > TimeSpan.FromMinutes(3)
            ? string.Join(", ", Words.Where(word => step.Requests.Any(request => request.Route == word.Route)).Select(word => word.Word + "s"))
            : Counts(word => (step.Requests.Count(request => request.Route == word), false));

    private static string Counts(Func<string, (int Count, bool IsMore)> count) => string.Join(", ", Words
        .Select(word => (word.Word, Count: count(word.Route)))
        .Where(word => word.Count.Count > 0)
        .Select(word => $"{word.Count.Count} {(word.Count.IsMore ? "more " : "")}{word.Word}{(word.Count.Count == 1 ? "" : "s")}"));

    private static string During(LifeStep step, LifeStep? usual) =>
        step.Lasted - (usual?.Lasted ?? TimeSpan.Zero) >= WorthTelling ? $" in {Length(step.Lasted)}" : "";

    private static int Of(LifeStep? step, string route) => step?.Requests.Count(request => request.Route == route) ?? 0;

    private static IEnumerable<string> Resumptions(LifeStep step) => step.Requests
        .Where(request => request.Headers.ContainsKey("Range"))
        .Select(request => $"resumed at byte {request.Headers["Range"].Replace("bytes=", "", StringComparison.Ordinal).TrimEnd('-')}"
            + (request.Headers.ContainsKey("If-Range") ? " with `If-Range`" : ""));

    private static string Length(TimeSpan time) => time switch
    {
        { TotalHours: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(time.TotalHours)} h"),
        { TotalMinutes: >= 3 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(time.TotalMinutes)} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(time.TotalSeconds)} s"),
    };
}
