using BatchGateway.Internal.Http;

namespace BatchGateway;

/// <summary>Where the gateway is, how to sign in, and how patient to be. Read once, when the client is first used.</summary>
public sealed class BatchGatewayOptions
{
    /// <summary>
    /// The path under which TrueFoundry's reference pages document the batch calls: <c>/api/llm/api/inference/openai</c>.
    /// </summary>
    public const string DefaultApiPath = "/api/llm/api/inference/openai";

    /// <summary>
    /// The control plane: a host (<c>acme.truefoundry.cloud</c>, with or without a port) or a URL, also with a path before
    /// <see cref="ApiPath"/>; slashes at the end do not matter. A host alone means https. Required.
    /// </summary>
    public string? ControlPlaneUrl { get; set; }

    /// <summary>
    /// The path of the API below the control plane. Default: <see cref="DefaultApiPath"/>. Newer pages of the vendor use <c>/api/llm</c>,
    /// other servers <c>/v1</c>; empty for none.
    /// </summary>
    public string ApiPath { get; set; } = DefaultApiPath;

    /// <summary>
    /// The token: personal or of a virtual account. One of this, <see cref="ApiKeyFile"/> and <see cref="TokenProvider"/> is required.
    /// </summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// A file that holds the token, read for every attempt: a mounted secret may change at any time. White space around it is ignored.
    /// </summary>
    public string? ApiKeyFile { get; set; }

    /// <summary>Asked for the token before every attempt, and once more after a 401. Must be quick: it should cache.</summary>
    public Func<CancellationToken, ValueTask<string>>? TokenProvider { get; set; }

    /// <summary>
    /// The provider account, sent as <see cref="GatewayHeaders.Provider"/>. The gateway requires it for files and batches, and the same one
    /// for every later call for the same ids.
    /// </summary>
    public string? Provider { get; set; }

    /// <summary>
    /// Pairs for the gateway's own logs, sent as <see cref="GatewayHeaders.Metadata"/>. A value has at most 128 characters.
    /// </summary>
    public IDictionary<string, string> GatewayMetadata { get; } = new Dictionary<string, string>();

    /// <summary>Any other header for every call, such as <see cref="GatewayHeaders.VertexRegion"/>. Not for credentials.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Allows plain http to a host that is not loopback. Default: false, for the token would travel in the open.</summary>
    public bool AllowInsecureHttp { get; set; }

    /// <summary>
    /// The limit for one attempt of a small call: connection, request and whole answer. Default: 100 seconds, at most 24 days, or infinite.
    /// </summary>
    public TimeSpan ControlTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// The limit for silence in an upload or a download: the longest time in which no byte moves, the wait for an upload's answer included.
    /// Default: 5 minutes, at most 24 days, or infinite. The whole transfer may take as long as it takes.
    /// </summary>
    public TimeSpan TransferIdleTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The limit for opening a connection. Default: 15 seconds, at most 24 days, or infinite.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a call that is safe to repeat is sent at most. Default: 4, from 1 to 100.</summary>
    public int MaxAttempts { get; set; } = 4;

    /// <summary>
    /// The delay before the second attempt; it doubles with each further one, and jitter takes up to half of it. Default: 1 second, at
    /// least 10 milliseconds.
    /// </summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The longest delay between two attempts. Default: 1 minute, from <see cref="RetryDelay"/> to a day. A gateway that asks for more with
    /// <c>Retry-After</c> is not asked again: the exception carries its wish.
    /// </summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The clock for waiting, for delays between attempts and for times in exceptions. Default: the system's. The limits of a connection
    /// (<see cref="ControlTimeout"/> and the like) always run on real time, so that a test may jump through a day while a call is under
    /// way.
    /// </summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>The clock of the connection limits; another one only in this library's own tests.</summary>
    internal TimeProvider NetworkClock { get; set; } = TimeProvider.System;

    /// <summary>The key that came from the environment, and the only address that it may go to.</summary>
    internal (string Url, string Key)? EnvironmentKey { get; set; }
    // Such an address is refused, but not before somebody may have logged it.
    private static string? WithoutUser(string? url) => url?.LastIndexOf('@') is >= 0 and int at ? $"***{url[at..]}" : url;

    internal GatewayAddress GetAddress() => GatewayAddress.Parse(ControlPlaneUrl, ApiPath);

    /// <summary>The address, the path and the provider; never the key.</summary>
    public override string ToString() => $"{WithoutUser(ControlPlaneUrl)} {ApiPath} (provider: {Provider ?? "none"})";
}
