using BatchGateway.Internal.Http;

namespace BatchGateway;

/// <summary>What one call sends besides its arguments. It goes over what <see cref="BatchGatewayOptions"/> say for every call.</summary>
public sealed class BatchCallOptions
{
    /// <summary>The provider account (<see cref="GatewayHeaders.Provider"/>); null for the client's.</summary>
    public string? Provider { get; set; }

    /// <summary>
    /// Pairs for the gateway's own logs (<see cref="GatewayHeaders.Metadata"/>), added to the client's. A value has at most 128 characters.
    /// </summary>
    public IDictionary<string, string> GatewayMetadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Any other header, over the client's of the same name. Not for credentials: those are options of the client.</summary>
    public IDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Told how often the call was sent, by floors that must know whether a repeated upload left an orphan.</summary>
    internal CallAttempts? Attempts { get; set; }

    /// <summary>Told how many bytes of the file an upload has written; it goes back when the upload is sent again.</summary>
    internal IProgress<long>? Progress { get; set; }

    /// <summary>Asked before the first byte of a create; what it throws stops the create, and nothing was sent.</summary>
    internal Func<CancellationToken, Task>? BeforeCreate { get; set; }

    /// <summary>Told the token of each attempt, before its first byte, by floors that must know whose key it was.</summary>
    internal Action<string>? TokenUsed { get; set; }

    /// <summary>A copy that the caller's later changes do not reach.</summary>
    internal static BatchCallOptions Copy(BatchCallOptions? options) => new()
    {
        Provider = options?.Provider,
        GatewayMetadata = new Dictionary<string, string>(options?.GatewayMetadata ?? new Dictionary<string, string>()),
        Headers = new Dictionary<string, string>(options?.Headers ?? new Dictionary<string, string>(), StringComparer.OrdinalIgnoreCase),
    };
}
