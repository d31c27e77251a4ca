namespace BatchGateway.Internal.Http;

/// <summary>Headers that may carry a secret, by their names: none is ever written to a disk.</summary>
internal static class SecretHeaders
{
    // A header that holds headers may hold an Authorization among them.
    private static readonly string[] Words = ["key", "token", "secret", "auth", "password", "credential", "cookie", "headers"];

    public static bool MayBeOne(string name) => Words.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
}
