using Microsoft.AspNetCore.Http;

namespace BatchGateway.Emulator.Internal;

/// <summary>Keeps secrets out of whatever is written down.</summary>
internal static class Redaction
{
    public const string Mark = "[redacted]";

    /// <summary>Parts of the names that secrets go by, without hyphens and underscores: rather one value too few than a secret.</summary>
    private static readonly string[] SecretWords =
        ["authorization", "cookie", "apikey", "accesskey", "subscriptionkey", "token", "secret", "password", "credential", "signature"];

    private static readonly HashSet<string> SecretNames = new(StringComparer.OrdinalIgnoreCase) { "sig", "key" };

    public static Dictionary<string, string> Headers(IHeaderDictionary headers) => headers.ToDictionary(
        header => header.Key,
        header => IsSecret(header.Key) ? Mark : header.Value.ToString(),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>A request target as it was sent, but for the values of secret parameters.</summary>
    public static string Target(string rawTarget)
    {
        int query = rawTarget.IndexOf('?', StringComparison.Ordinal);
        return query < 0
            ? rawTarget
            : string.Concat(rawTarget.AsSpan(0, query + 1), string.Join('&', rawTarget[(query + 1)..].Split('&').Select(Parameter)));
    }

    private static string Parameter(string parameter)
    {
        int equals = parameter.IndexOf('=', StringComparison.Ordinal);
        return equals >= 0 && IsSecret(Uri.UnescapeDataString(parameter[..equals])) ? $"{parameter[..equals]}={Mark}" : parameter;
    }

    private static bool IsSecret(string name)
    {
        string plain = name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
        return SecretNames.Contains(name) || Array.Exists(SecretWords, word => plain.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}
