namespace BatchGateway.Tests.Misfortunes;

/// <summary>What the user sees of a life, in one line.</summary>
internal static class UsersView
{
    public static string Of(Misfortune misfortune, Life life)
    {
        if (misfortune.IsAnything)
            return Ended(misfortune, life) + Summary(life) + ", if need be after one of the exceptions above";

        List<string> parts = [];
        for (int step = 0; step < life.Steps.Count; step++)
        {
            if (life.Steps[step] is { Failure: { } failure } failed)
                parts.Add($"{Describe(failure)} from `{failed.Call}`; {GoesOn(life, step)}");
        }

        string before = parts.Count == 0 ? "" : string.Join("; ", parts) + ": ";
        return before + Ended(misfortune, life) + Summary(life) + (life.WasTold ? "; `BatchProgress` tells of it" : "");
    }

    private static string GoesOn(Life life, int step) =>
        step + 1 < life.Steps.Count && life.Steps[step + 1] is { GoesOn: { } goesOn } ? goesOn : "the batch runs on";

    private static string Ended(Misfortune misfortune, Life life)
    {
        BatchStatusKind kind = life.End.Status.Kind;
        if (kind == BatchStatusKind.Completed)
            return "";
        string status = kind == BatchStatusKind.Unknown ? life.End.Status.ToString() : kind.ToString().ToLowerInvariant();
        string codes = string.Join(", ", life.End.Errors.Select(error => CodeOf(misfortune, error) + LineOf(error)).Distinct());
        return $"`{status}`{(codes.Length == 0 ? "" : $" ({codes})")}, ";
    }

    /// <summary>A code that stands in the name of the row need not be said again.</summary>
    private static string CodeOf(Misfortune misfortune, BatchError error) =>
        misfortune.Name.Contains($"`{error.Code}`", StringComparison.Ordinal) ? "that code" : $"`{error.Code}`";

    private static string LineOf(BatchError error) => error.Line is { } line ? $" in line {line}" : "";

    private static string Summary(Life life)
    {
        BatchOutcomeKind[] order =
        [
            BatchOutcomeKind.Succeeded, BatchOutcomeKind.Failed, BatchOutcomeKind.Expired,
            BatchOutcomeKind.Cancelled, BatchOutcomeKind.Malformed, BatchOutcomeKind.Missing,
        ];
        IEnumerable<string> kinds = order
            .Select(kind => (Kind: kind, Count: life.Outcomes.Count(outcome => outcome.Kind == kind)))
            .Where(group => group.Count > 0)
            .Select(group => $"{group.Count} {group.Kind.ToString().ToLowerInvariant()}");
        return string.Join(", ", kinds) + (life.Unmatched.Count == 0 ? "" : $", {life.Unmatched.Count} by `Unmatched`");
    }

    private static string Describe(Exception failure) => failure switch
    {
        BatchApiException api => $"`BatchApiException` ({(int)api.StatusCode}{(api.IsRouteUnsupported ? ", no such call" : "")})",
        BatchConnectionException { Timeout: { } limit } => $"`BatchConnectionException` (`{limit}`)",
        _ => $"`{failure.GetType().Name}`",
    };
}
