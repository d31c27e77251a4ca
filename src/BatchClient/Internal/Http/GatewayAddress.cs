using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace BatchGateway.Internal.Http;

/// <summary>The base address of the API, and the only place that makes a URL from it.</summary>
internal sealed class GatewayAddress
{
    private readonly string _root;

    private GatewayAddress(Uri uri)
    {
        Uri = uri;
        _root = uri.GetLeftPart(UriPartial.Path).TrimEnd('/');
    }

    public Uri Uri { get; }

    public bool IsLoopback => IsLoopbackHost(Uri);

    public static GatewayAddress Parse(string? controlPlaneUrl, string? apiPath) =>
        TryParse(controlPlaneUrl, apiPath, out GatewayAddress? address, out string? problem) ? address : throw new InvalidOperationException(problem);

    public static bool TryParse(
        string? controlPlaneUrl, string? apiPath, [NotNullWhen(true)] out GatewayAddress? address, [NotNullWhen(false)] out string? problem)
    {
        address = null;
        problem = Check(controlPlaneUrl, out Uri? control) ?? CheckPath(apiPath);
        if (problem is not null)
            return false;

        address = new GatewayAddress(new Uri($"{control!.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{apiPath?.Trim().Trim('/')}"));
        return true;
    }

    /// <summary>
    /// The address of a call. The path stands as it was built: an id that came percent-encoded must not be decoded on the way.
    /// </summary>
    /// <param name="path">The path below the root, as far as the id.</param>
    /// <param name="id">The id, not yet escaped; null for none.</param>
    /// <param name="end">What follows it.</param>
    public Uri For(string path, string? id = null, string end = "")
    {
        string segment = id is null ? "" : PathSegment.Escape(id);
        return new Uri(string.Concat(_root, path, segment, end), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    public static bool IsLoopbackHost(Uri uri) => uri.IsLoopback || IsLoopbackHost(HostOf(uri));

    /// <summary>The host, without the dot that a complete name may end in.</summary>
    public static string HostOf(Uri uri) => uri.IdnHost.TrimEnd('.');

    /// <summary>Scheme, host and port: what may be said of an address whose other parts may be secret.</summary>
    public static string OriginOf(Uri uri) => uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    private static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));

    private static string? Check(string? controlPlaneUrl, out Uri? uri)
    {
        uri = null;
        if (string.IsNullOrWhiteSpace(controlPlaneUrl))
            return "ControlPlaneUrl is missing: set the host or URL of the control plane, such as 'acme.truefoundry.cloud'.";

        string text = controlPlaneUrl.Trim();
        if (!text.Contains("://", StringComparison.Ordinal))
            text = "https://" + text;

        if (!Uri.TryCreate(text, UriKind.Absolute, out uri) || uri.Host.Length == 0)
            return "ControlPlaneUrl is neither a host nor a URL: set something like 'acme.truefoundry.cloud' or 'https://acme.truefoundry.cloud'.";
        if (uri.UserInfo.Length > 0)
            return "ControlPlaneUrl must not contain a user name or password: set ApiKey, ApiKeyFile or TokenProvider.";
        if (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp)
            return $"ControlPlaneUrl has the scheme '{uri.Scheme}': only https and http are possible.";

        return uri.Query.Length > 0 || uri.Fragment.Length > 0 ? "ControlPlaneUrl must not have a query or a fragment." : null;
    }

    private static string? CheckPath(string? apiPath) =>
        apiPath is not null && (apiPath.Contains("://", StringComparison.Ordinal) || apiPath.AsSpan().Trim().IndexOfAny("?#\\ ") >= 0)
            ? "ApiPath is no path: set something like '/api/llm'."
            : null;
}
