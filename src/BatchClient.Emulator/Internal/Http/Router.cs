namespace BatchGateway.Emulator.Internal;

internal sealed class Router(string apiPath, IReadOnlyList<Endpoint> endpoints)
{
    /// <summary>The endpoint for a raw request target; without one, whether the path at least exists for another method.</summary>
    public RouteMatch Match(string method, string rawTarget)
    {
        string path = rawTarget.Split('?', 2)[0];
        if (!path.StartsWith(apiPath + "/", StringComparison.Ordinal))
            return new RouteMatch(null, "", PathExists: false);

        string[] segments = path[(apiPath.Length + 1)..].Split('/');
        bool pathExists = false;
        foreach (Endpoint endpoint in endpoints)
        {
            if (!endpoint.Fits(segments, out string id))
                continue;
            if (endpoint.Method == method)
                return new RouteMatch(endpoint, id, PathExists: true);
            pathExists = true;
        }

        return new RouteMatch(null, "", pathExists);
    }
}
