using BatchGateway.Internal.Http;

namespace BatchGateway.Internal.Operations;

/// <summary>
/// References from what is really sent, the client's own provider, headers and metadata included: another process may be configured
/// differently. Headers that are not the gateway's own, or whose names say so, may be secret and stay out.
/// </summary>
internal sealed class References
{
    private const string GatewayPrefix = "x-tfy-";

    private readonly RequestHeaders _headers;

    public References(RequestHeaders headers) => _headers = headers;

    public BatchReference Of(BatchIntent intent) => Of(intent.Options) with
    {
        InputFileId = intent.File.Id,
        InputFileCreatedAt = intent.File.CreatedAt,
        Intent = intent.Token,
    };

    public BatchReference Of(BatchCallOptions options)
    {
        BatchCallOptions sent = _headers.Effective(options);
        return new BatchReference
        {
            Provider = sent.Provider,
            Headers = sent.Headers.Where(IsTheGateways).ToDictionary(),
            GatewayMetadata = sent.GatewayMetadata.ToDictionary(),
        };
    }

    /// <summary>The options that address what a reference names.</summary>
    public static BatchCallOptions OptionsOf(BatchReference reference)
    {
        BatchCallOptions options = new() { Provider = reference.Provider };
        foreach ((string name, string value) in reference.Headers ?? new Dictionary<string, string>())
            options.Headers[name] = value;
        foreach ((string key, string value) in reference.GatewayMetadata ?? new Dictionary<string, string>())
            options.GatewayMetadata[key] = value;
        return options;
    }

    /// <summary>The headers of a call that no reference may hold, though they are the gateway's: their names say that they may be secret.</summary>
    public static IEnumerable<string> SecretsOf(BatchCallOptions options) => options.Headers.Keys
        .Where(name => name.StartsWith(GatewayPrefix, StringComparison.OrdinalIgnoreCase) && SecretHeaders.MayBeOne(name));

    private static bool IsTheGateways(KeyValuePair<string, string> header) =>
        header.Key.StartsWith(GatewayPrefix, StringComparison.OrdinalIgnoreCase)
        && !SecretHeaders.MayBeOne(header.Key)
        && !header.Key.Equals(GatewayHeaders.Provider, StringComparison.OrdinalIgnoreCase);
}
