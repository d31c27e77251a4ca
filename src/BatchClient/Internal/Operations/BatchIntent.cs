using BatchGateway.Internal.Http;

namespace BatchGateway.Internal.Operations;

/// <summary>One batch that is meant to be, from its uploaded file on: the token that it can be found by, and how to address it.</summary>
internal sealed record BatchIntent(string Token, BatchFile File, BatchCallOptions? Options)
{
    private const string GatewayPrefix = "x-tfy-";

    public BatchReference Reference => Describe(Options) with
    {
        InputFileId = File.Id,
        InputFileCreatedAt = File.CreatedAt,
        Intent = Token,
    };

    /// <summary>The part of a reference that says how to address a batch. Headers that are not the gateway's own may be secret and stay out.</summary>
    public static BatchReference Describe(BatchCallOptions? options) => new()
    {
        Provider = options?.Provider,
        Headers = options?.Headers.Where(header => header.Key.StartsWith(GatewayPrefix, StringComparison.OrdinalIgnoreCase)).ToDictionary(),
        GatewayMetadata = options?.GatewayMetadata.ToDictionary(),
    };

    /// <summary>The options of a create: the call's own, and the token.</summary>
    public BatchCallOptions CreateOptions()
    {
        BatchCallOptions options = Copy(Options);
        options.Headers[GatewayHeaders.IdempotencyKey] = Token;
        return options;
    }

    public static BatchCallOptions Copy(BatchCallOptions? options) => new()
    {
        Provider = options?.Provider,
        Headers = new Dictionary<string, string>(options?.Headers ?? new Dictionary<string, string>(), StringComparer.OrdinalIgnoreCase),
        GatewayMetadata = new Dictionary<string, string>(options?.GatewayMetadata ?? new Dictionary<string, string>()),
    };
}
