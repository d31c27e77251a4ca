using System.Net.Http.Headers;
using BatchGateway.Internal.Json;

namespace BatchGateway.Internal.Http;

/// <summary>The headers of every call: the client's, with the call's own over them. The only place that adds one.</summary>
internal sealed class RequestHeaders
{
    public const string Range = "Range";
    public const string IfRange = "If-Range";

    private const int MaxMetadataValue = 128;

    private static readonly string UserAgent = $"BatchClient/{typeof(RequestHeaders).Assembly.GetName().Version?.ToString(3) ?? "0"}";

    private static readonly string[] Reserved =
        ["Authorization", "Host", "Content-Length", "Content-Type", "Transfer-Encoding", "Connection", "Expect"];

    // HttpClient takes these with a content only.
    private static readonly string[] OfBodies =
    [
        "Allow", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Location", "Content-MD5", "Content-Range", "Expires", "Last-Modified",
    ];

    private readonly BatchGatewayOptions _options;

    // Options are read once.
    private readonly string? _provider;
    private readonly KeyValuePair<string, string>[] _own;

    public RequestHeaders(BatchGatewayOptions options)
    {
        _options = options;
        _provider = FirstOf(ProviderHeader(options.Headers), options.Provider);
        _own = [.. Metadata(options.GatewayMetadata), .. options.Headers];
    }

    public void AddTo(HttpRequestHeaders headers, BatchCallOptions? call, bool acceptsJson)
    {
        headers.TryAddWithoutValidation("User-Agent", UserAgent);
        if (acceptsJson)
            headers.TryAddWithoutValidation("Accept", "application/json");

        AddAll(headers, _own);
        if (call is not null)
            AddOwn(headers, call);
        if (ProviderOf(call) is { } provider)
            Set(headers, GatewayHeaders.Provider, provider);
    }

    /// <summary>
    /// The only headers that follow a redirect: a download is resumed with them, and they are no credentials and no secrets.
    /// </summary>
    public static void AddRangeTo(HttpRequestHeaders headers, BatchCallOptions? call)
    {
        foreach ((string name, string value) in call?.Headers ?? new Dictionary<string, string>())
        {
            if (IsRange(name))
                Set(headers, name, value);
        }
    }

    /// <summary>Whether a header asks for a part of a file.</summary>
    public static bool IsRange(string name) =>
        name.Equals(Range, StringComparison.OrdinalIgnoreCase) || name.Equals(IfRange, StringComparison.OrdinalIgnoreCase);

    /// <summary>The provider that a call goes to, by header or by option, for messages and references.</summary>
    public string? ProviderOf(BatchCallOptions? call) =>
        (call is null ? null : FirstOf(ProviderHeader(call.Headers), call.Provider))
        ?? _provider;

    /// <summary>What a call sends besides its arguments, the client's own included.</summary>
    public BatchCallOptions Effective(BatchCallOptions? call)
    {
        BatchCallOptions sent = new() { Provider = ProviderOf(call) };
        Put(_options.Headers, sent.Headers);
        Put(call?.Headers, sent.Headers);
        Put(_options.GatewayMetadata, sent.GatewayMetadata);
        Put(call?.GatewayMetadata, sent.GatewayMetadata);
        return sent;
    }

    /// <summary>Says what is wrong with headers, one message each.</summary>
    public static IEnumerable<string> Problems(IEnumerable<KeyValuePair<string, string>> headers)
    {
        foreach ((string name, string value) in headers)
        {
            if (Reserved.Contains(name, StringComparer.OrdinalIgnoreCase))
                yield return $"The header '{name}' cannot be set here" + (name.Equals("Authorization", StringComparison.OrdinalIgnoreCase)
                    ? ": use ApiKey, ApiKeyFile or TokenProvider." : ": the client sets it itself.");
            else if (!IsToken(name))
                yield return $"'{name}' is no name of a header.";
            else if (OfBodies.Contains(name, StringComparer.OrdinalIgnoreCase))
                yield return $"The header '{name}' cannot be set here: it belongs to a body.";
            else if (!IsFieldValue(value))
                yield return $"The header '{name}' has a value with characters that cannot be sent: only printable ASCII is possible.";
            else if (name.Equals(GatewayHeaders.Metadata, StringComparison.OrdinalIgnoreCase))
                foreach (string problem in MetadataProblems(value))
                    yield return problem;
        }
    }

    /// <summary>Says what is wrong with gateway metadata, one message each.</summary>
    public static IEnumerable<string> MetadataProblems(IEnumerable<KeyValuePair<string, string>> metadata)
    {
        foreach ((string key, string value) in metadata)
        {
            if (string.IsNullOrEmpty(key))
                yield return "GatewayMetadata has an empty key.";
            else if (value is null)
                yield return $"GatewayMetadata '{key}' has no value.";
            else if (value.Length > MaxMetadataValue)
                yield return $"GatewayMetadata '{key}' has {value.Length} characters: the gateway takes at most {MaxMetadataValue} a value.";
        }
    }

    /// <summary>Says what is wrong with metadata that was written as a header by hand.</summary>
    private static IEnumerable<string> MetadataProblems(string json) => StringPairsJson.TryParse(json, out IReadOnlyDictionary<string, string>? pairs)
        ? MetadataProblems(pairs)
        : [$"The header '{GatewayHeaders.Metadata}' is no JSON object whose values are strings: set GatewayMetadata instead."];

    private static void Put(IDictionary<string, string>? from, IDictionary<string, string> to)
    {
        foreach ((string name, string value) in from ?? new Dictionary<string, string>())
            to[name] = value;
    }

    private void AddOwn(HttpRequestHeaders headers, BatchCallOptions call)
    {
        if (call.GatewayMetadata.Count > 0)
            AddAll(headers, Metadata(Effective(call).GatewayMetadata));
        AddAll(headers, call.Headers);
    }

    /// <summary>The header that carries the pairs; none for no pairs.</summary>
    private static KeyValuePair<string, string>[] Metadata(IDictionary<string, string> pairs) =>
        pairs.Count > 0 ? [new(GatewayHeaders.Metadata, StringPairsJson.WriteHeader(pairs.AsReadOnly()))] : [];

    private static void AddAll(HttpRequestHeaders headers, IEnumerable<KeyValuePair<string, string>> own)
    {
        foreach ((string name, string value) in own)
            Set(headers, name, value);
    }

    private static void Set(HttpRequestHeaders headers, string name, string value)
    {
        headers.Remove(name);
        headers.TryAddWithoutValidation(name, value);
    }

    private static string? ProviderHeader(IEnumerable<KeyValuePair<string, string>> headers) =>
        headers.LastOrDefault(header => header.Key.Equals(GatewayHeaders.Provider, StringComparison.OrdinalIgnoreCase)).Value;

    private static string? FirstOf(string? first, string? second) => !string.IsNullOrEmpty(first) ? first : !string.IsNullOrEmpty(second) ? second : null;

    private static bool IsToken(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));

    private static bool IsFieldValue(string? value) => value is not null && value.All(c => c is '\t' or (>= ' ' and <= '~'));
}
