namespace BatchGateway.Internal.Http;

/// <summary>Blots our own token out of what comes back, should a server or a proxy have echoed it.</summary>
internal static class EchoedToken
{
    /// <summary>A shorter token is no secret but part of ordinary words: a test's, and blotting it out would spoil the text.</summary>
    private const int ShortestSecret = 8;

    /// <summary>In any case: the name of a host is read in small letters.</summary>
    public static string Blot(string text, string? token) => Holds(text, token) ? text.Replace(token!, "***", StringComparison.OrdinalIgnoreCase) : text;

    public static bool Holds(string text, string? token) => token?.Length >= ShortestSecret && text.Contains(token, StringComparison.OrdinalIgnoreCase);

    /// <summary>The exception itself, or what it says without the token: the framework quotes lines that it cannot read.</summary>
    public static Exception Blot(Exception exception, string? token)
    {
        if (!Holds(exception.ToString(), token))
            return exception;

        Exception root = exception.GetBaseException();
        return new InvalidDataException(Blot($"{root.GetType().Name}: {root.Message}", token));
    }
}
