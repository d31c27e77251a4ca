using System.Globalization;
using BatchGateway.Emulator;

namespace BatchGateway.Tests.Misfortunes;

/// <summary>What the client did in a life beyond what it does in an undisturbed one, told from the ledger.</summary>
internal static class ClientsView
{
    /// <summary>How many it is depends on the chance in the pauses.</summary>
    private const int MostCounted = 8;

    private const string AskedForLengths = "asked how long the files are";

    private static readonly TimeSpan WorthTelling = TimeSpan.FromSeconds(20);

    private static readonly (string Route, string Word)[] Words =
    [
        ("UploadFile", "upload"), ("CreateBatch", "create"), ("GetBatch", "get"), ("ListBatches", "list"), ("CancelBatch", "cancel"),
        ("GetFile", "file get"), ("ListFiles", "file list"), ("DeleteFile", "file delete"),
        ("FileContent", "download"), ("SignedContent", "signed download"),
    ];

    public static string Of(Misfortune misfortune, IReadOnlyList<LifeStep> life, IReadOnlyList<LifeStep> usual, int filesLeft)
    {
        List<string> parts = [];
        foreach (LifeStep step in life.Where(step => step.GoesOn is null))
        {
            LifeStep? model = usual.FirstOrDefault(other => other.Call == step.Call);
            if (misfortune.Told is { } pause && PauseAfterRefusal(step) >= pause)
                parts.Add($"waited {Length(pause)} as told");
            parts.AddRange(step.Failure is null ? MoreThan(step, model) : [$"gave up after {All(step)}{During(step, usual: null)}"]);
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

    private static IEnumerable<string> MoreThan(LifeStep step, LifeStep? usual)
    {
        string counts = Counts(word => (step.Requests.Count(request => request.Route == word) - Of(usual, word), Of(usual, word) > 0));
        string during = During(step, usual);
        if (step.Call == Life.Read && counts.Contains("file get", StringComparison.Ordinal))
            return [AskedForLengths + (Of(step, "GetBatch") > 0 ? $"; {Count("get", Of(step, "GetBatch"), "")}{during}" : "")];
        return (counts.Length, during.Length) switch
        {
            (0, 0) => [],
            (0, _) => [$"waited {Length(step.Lasted)}"],
            _ => [counts + during],
        };
    }

    /// <summary>The requests of a step that ended badly; of downloads those of the file that it was about.</summary>
    private static string All(LifeStep step) => step.Call == Life.Read && Of(step, "GetFile") > 0 ? "it had " + AskedForLengths : Counts(route =>
    {
        LedgerRequest[] requests = [.. step.Requests.Where(request => request.Route == route)];
        return (route == "FileContent" ? requests.Count(request => request.Target == requests[^1].Target) : requests.Length, false);
    });

    private static string Counts(Func<string, (int Count, bool IsMore)> count) => string.Join(", ", Words
        .Select(word => (word.Word, Count: count(word.Route)))
        .Where(word => word.Count.Count > 0)
        .Select(word => Count(word.Word, word.Count.Count, word.Count.IsMore ? "more " : "")));

    private static string Count(string word, int count, string more) => count > MostCounted
        ? $"{more}{word}s"
        : $"{count} {more}{word}{(count == 1 ? "" : "s")}";

    private static string During(LifeStep step, LifeStep? usual) =>
        step.Lasted - (usual?.Lasted ?? TimeSpan.Zero) >= WorthTelling ? $" in {Length(step.Lasted)}" : "";

    private static int Of(LifeStep? step, string route) => step?.Requests.Count(request => request.Route == route) ?? 0;

    /// <summary>What was asked for by range, and what came.</summary>
    private static IEnumerable<string> Resumptions(LifeStep step) =>
        from request in step.Requests
        where request.Headers.ContainsKey("Range") && request.Status != 302
        group From(request) by (request.Status, HasCondition: request.Headers.ContainsKey("If-Range")) into same
        select (same.Key.Status == 206 ? "resumed " : "asked for the rest ")
            + $"{(same.Key.Status == 206 ? "at" : "from")} byte {string.Join(", ", same.Distinct())}"
            + (same.Key.HasCondition ? " with `If-Range`" : "")
            + same.Key.Status switch { 206 => "", 200 => ", got the whole", _ => $", got {same.Key.Status}" };

    private static string From(LedgerRequest request)
    {
        int from = int.Parse(request.Headers["Range"].Replace("bytes=", "", StringComparison.Ordinal).TrimEnd('-'), CultureInfo.InvariantCulture);
        return from.ToString(CultureInfo.InvariantCulture);
    }

    private static string Length(TimeSpan time) => time switch
    {
        { TotalMinutes: >= 55 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(time.TotalHours + 0.1)} h"),
        { TotalMinutes: >= 15 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(time.TotalMinutes / 5) * 5} min"),
        { TotalSeconds: >= 100 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(time.TotalMinutes)} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(time.TotalSeconds)} s"),
    };
}
