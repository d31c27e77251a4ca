using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BatchGateway.Emulator.Internal;

/// <summary>Kestrel by itself: no host, no configuration files, no environment, no logs.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromMilliseconds(500);

    private readonly KestrelServer _server;

    public LoopbackServer(int port)
    {
        KestrelServerOptions options = new() { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);

        SocketTransportFactory transport = new(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        _server = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
    }

    public Uri Url => new(_server.Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull => _server.StartAsync(application, cancellationToken);

    public async Task StopAsync()
    {
        using CancellationTokenSource limit = new(LongestGoodbye);
        await _server.StopAsync(limit.Token).ConfigureAwait(false);
    }

    public void Dispose() => _server.Dispose();
}
