using System.Text.Json;
using System.Text.RegularExpressions;

namespace BatchGateway.Cli.Gateway;

/// <summary>What must not be seen, and how a text looks without it.</summary>
internal sealed partial class Secrets
{
    private const string Blot = "***";
    private const int ShortestSecret = 4;

    /// <summary>Parts of a query that the library itself sends.</summary>
    private static readonly string[] OwnQueries = ["after", "limit", "order", "purpose"];

    private readonly HashSet<string> _hidden = [];

    /// <summary>Hides a text from now on, in the forms in which a gateway might repeat it.</summary>
    public void Add(string? secret)
    {
        if (secret?.Trim() is not { Length: >= ShortestSecret } text)
            return;

        _hidden.Add(text);
        _hidden.Add(Uri.EscapeDataString(text));
        _hidden.Add(JsonEncodedText.Encode(text).ToString());
    }

    /// <summary>A text without them. A query may be a signature: of an address with one, only the part before it stays.</summary>
    public string Clean(string text)
    {
        string clean = AddressWithQuery().Replace(text, address => IsOwn(address.Groups["query"].Value) ? address.Value : $"{address.Groups["path"].Value}?{Blot}");
        return _hidden.OrderByDescending(secret => secret.Length).Aggregate(clean, (current, secret) => current.Replace(secret, Blot, StringComparison.Ordinal));
    }

    private static bool IsOwn(string query) => query.Split('&').All(part => OwnQueries.Contains(part.Split('=')[0]));

    [GeneratedRegex(@"(?<path>https?://[^\s""'?]+)\?(?<query>[^\s""']+)", RegexOptions.IgnoreCase)]
    private static partial Regex AddressWithQuery();
}
