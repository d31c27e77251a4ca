using BatchGateway.Fuzz.Inputs;

namespace BatchGateway.Fuzz.Targets;

/// <summary>What holds whatever comes.</summary>
internal static class Must
{
    public static void Hold(bool condition, string rule, string detail)
    {
        if (!condition)
            throw new Violation(rule, detail);
    }

    public static void Equal(string? actual, string? expected, string rule)
    {
        if (actual != expected)
            throw new Violation(rule, $"'{Excerpt(actual)}' instead of '{Excerpt(expected)}'");
    }

    /// <summary>An exception of ours, that may come out of this call, and says what it must and nothing that it must not.</summary>
    /// <returns>Its name, for the table.</returns>
    public static string BeOurs(Exception exception, params Type[] allowed)
    {
        BeOneOf(exception, allowed);
        // With a stack trace it would take ten times as long as the case itself.
        for (Exception? said = exception; said is not null; said = said.InnerException)
            KeepSecret(said.Message, said.GetType().Name);
        switch (exception)
        {
            case BatchApiException api:
                KeepSecret(api.Body, nameof(api.Body));
                KeepSecret(api.RequestId, nameof(api.RequestId));
                KeepSecret(api.Error);
                Hold(api.RetryAfter is null || api.RetryAfter >= TimeSpan.Zero, "a wait is not negative", $"{api.RetryAfter}");
                break;
            case BatchResponseException response:
                KeepSecret(response.Body, nameof(response.Body));
                KeepSecret(response.RequestId, nameof(response.RequestId));
                KeepSecret(response.Error);
                break;
            case AmbiguousCreateException ambiguous:
                KeepSecret(ambiguous.RequestId, nameof(ambiguous.RequestId));
                break;
        }

        return exception.GetType().Name;
    }

    /// <summary>An exception that may come out of this call; what it says may be the caller's own words.</summary>
    public static string BeOneOf(Exception exception, params Type[] allowed)
    {
        if (!allowed.Contains(exception.GetType()))
            throw new Violation($"threw {exception.GetType().Name}", exception.ToString());

        Hold(exception.Message.Length is > 0 and <= 20_000, "an exception's message has a length", $"{exception.Message.Length} characters");
        return exception.GetType().Name;
    }

    public static string Excerpt(string? text) => text is null ? "(null)" : text.Length <= 300 ? text : text[..300] + "...";

    private static void KeepSecret(BatchError? error)
    {
        if (error is null)
            return;

        KeepSecret(error.ToString(), "error");
        KeepSecret(error.Code.ToString(), nameof(error.Code));
        KeepSecret(error.Param, nameof(error.Param));
        KeepSecret(error.Type, nameof(error.Type));
        foreach ((string name, System.Text.Json.JsonElement value) in error.AdditionalProperties)
            KeepSecret(name + value, "additional property of an error");
    }

    private static void KeepSecret(string? text, string where)
    {
        if (text is not null && text.Contains(OddValues.Secret, StringComparison.OrdinalIgnoreCase))
            throw new Violation("no exception holds the key", $"{where}: {Excerpt(text)}");
    }
}
