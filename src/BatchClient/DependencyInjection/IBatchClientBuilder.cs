using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway;

/// <summary>What a registration of the client can be refined with.</summary>
public interface IBatchClientBuilder
{
    /// <summary>
    /// The key of the registration; empty for the one without a key. Also the name of its <see cref="BatchGatewayOptions"/>.
    /// </summary>
    string Name { get; }

    /// <summary>The services.</summary>
    IServiceCollection Services { get; }

    /// <summary>
    /// The HTTP client for small JSON calls. Handlers added here wrap around the library's own: retry and authentication stay innermost.
    /// </summary>
    IHttpClientBuilder Control { get; }

    /// <summary>The HTTP client for uploads and downloads. Handlers added here wrap around the library's own as well.</summary>
    IHttpClientBuilder Transfer { get; }
}
