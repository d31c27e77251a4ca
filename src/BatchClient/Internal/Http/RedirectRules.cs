using System.Net;
using System.Net.Sockets;

namespace BatchGateway.Internal.Http;

/// <summary>Where the content of a file may be redirected to. Such a request carries none of our headers but those of a range.</summary>
internal static class RedirectRules
{
    public const int MaxHops = 5;

    public static bool IsRedirect(HttpStatusCode status) => status is HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    /// <summary>
    /// Where a redirect leads, byte for byte as the answer says it where that is possible: a signature may cover every escape. Null when it
    /// leads nowhere.
    /// </summary>
    public static Uri? Target(Uri from, Uri? location)
    {
        if (location is null || !Uri.TryCreate(from, location, out Uri? target))
            return null;

        string text = location.OriginalString.Split('#', 2)[0];
        string exact = location.IsAbsoluteUri ? text : GatewayAddress.OriginOf(from) + text;
        bool beginsWithAPath = location.IsAbsoluteUri
            ? text.StartsWith(GatewayAddress.OriginOf(location) + "/", StringComparison.OrdinalIgnoreCase)
            : text is ['/', not '/', ..];
        return beginsWithAPath && exact.All(c => c is > ' ' and <= '~' and not '\\')
            ? new Uri(exact, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })
            : target;
    }

    /// <summary>Says why a target must not be followed; null when it may.</summary>
    public static string? Refusal(GatewayAddress gateway, Uri? target)
    {
        if (target is null || !target.IsAbsoluteUri || target.Scheme is not ("http" or "https"))
            return "it names no web address";
        if (!gateway.IsLoopback && IsLocal(target))
            return "it leads from elsewhere to a loopback or link-local address";

        return target.Scheme == Uri.UriSchemeHttps || (gateway.IsLoopback && GatewayAddress.IsLoopbackHost(target))
            ? null
            : "it leads to plain http";
    }

    /// <summary>Opens connections, and holds the rule about local addresses where no name can hide one: at the socket.</summary>
    public static async ValueTask<Stream> ConnectAsync(
        GatewayAddress gateway, SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            if (IsRedirectTarget(context) && !gateway.IsLoopback && IsLocal(((IPEndPoint)socket.RemoteEndPoint!).Address))
                throw new RedirectRefusedException(context.DnsEndPoint.Host);

            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Whether the connection goes to where a redirect led, and not to a proxy on the way.</summary>
    private static bool IsRedirectTarget(SocketsHttpConnectionContext context) =>
        GatewayCall.Find(context.InitialRequestMessage) is { IsBare: true }
        && context.InitialRequestMessage.RequestUri?.IdnHost == context.DnsEndPoint.Host;

    private static bool IsLocal(Uri target) => GatewayAddress.IsLoopbackHost(target)
        || (IPAddress.TryParse(GatewayAddress.HostOf(target), out IPAddress? address) && IsLocal(address));

    private static bool IsLocal(IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IPAddress.IsLoopback(plain) || plain.IsIPv6LinkLocal || plain.Equals(IPAddress.Any) || plain.Equals(IPAddress.IPv6Any)
            || (plain.AddressFamily == AddressFamily.InterNetwork && plain.GetAddressBytes() is [169, 254, ..]);
    }
}
