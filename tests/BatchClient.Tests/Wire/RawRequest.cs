namespace BatchGateway.Tests.Wire;

/// <summary>One request, byte for byte as it came over the wire.</summary>
internal sealed record RawRequest(
    string Method, string Target, IReadOnlyList<KeyValuePair<string, string>> Headers, string RawBody, string Body, DateTimeOffset Time)
{
    public string? this[string header] => Headers
        .Where(pair => pair.Key.Equals(header, StringComparison.OrdinalIgnoreCase))
        .Select(pair => pair.Value)
        .SingleOrDefault();
}
