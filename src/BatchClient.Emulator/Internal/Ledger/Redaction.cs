using Microsoft.AspNetCore.Http;

namespace BatchGateway.Emulator.Internal;

/// <summary>Keeps secrets out of whatever is written down.</summary>
internal static class Redaction
{
    public const string Mark = "[redacted]";

    private static readonly HashSet<string> SecretHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Proxy-Authorization", "Cookie", "api-key", "x-api-key",
        "x-goog-api-key", "Ocp-Apim-Subscription-Key", "x-amz-security-token",
    };

    private static readonly HashSet<string> SecretParameters = new(StringComparer.OrdinalIgnoreCase)
    {
        "signature", "sig", "x-amz-signature", "x-amz-credential", "x-amz-security-token", "x-goog-signature", "x-goog-credential",
        "token", "access_token", "key", "api-key", "api_key", "apikey", "x-api-key", "subscription-key",
    };

    public static Dictionary<string, string> Headers(IHeaderDictionary headers) => headers.ToDictionary(
        header => header.Key,
        header => SecretHeaders.Contains(header.Key) ? Mark : header.Value.ToString(),
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
        return equals >= 0 && SecretParameters.Contains(Uri.UnescapeDataString(parameter[..equals])) ? $"{parameter[..equals]}={Mark}" : parameter;
    }
}
