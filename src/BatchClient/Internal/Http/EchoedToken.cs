namespace BatchGateway.Internal.Http;

/// <summary>Blots our own token out of what comes back, should a server or a proxy have echoed it.</summary>
internal static class EchoedToken
{
    public static string Blot(string text, string? token) =>
        string.IsNullOrEmpty(token) ? text : text.Replace(token, "***", StringComparison.Ordinal);

    /// <summary>The exception itself, or what it says without the token: the framework quotes lines that it cannot read.</summary>
    public static Exception Blot(Exception exception, string? token)
    {
        if (string.IsNullOrEmpty(token) || !exception.ToString().Contains(token, StringComparison.Ordinal))
            return exception;

        Exception root = exception.GetBaseException();
        return new InvalidDataException(Blot($"{root.GetType().Name}: {root.Message}", token));
    }
}
